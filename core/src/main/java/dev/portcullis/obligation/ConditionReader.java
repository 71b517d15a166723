package dev.portcullis.obligation;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads when a rule applies. */
final class ConditionReader {
  private static final Pattern JURISDICTION = Pattern.compile("[A-Z]{2}(-([A-Z0-9]{1,3}|\\*))?");

  private ConditionReader() {}

  static List<Condition> conditions(Fields fields) {
    List<?> list = fields.list("applies-when");
    if (list.isEmpty()) {
      throw fields.wrong("applies-when: at least one predicate", "nothing");
    }
    return list.stream().map(each -> condition(new Fields("applies-when", each))).toList();
  }

  private static Condition condition(Fields fields) {
    String[] known = Condition.PREDICATES.stream().sorted().toArray(String[]::new);
    Condition condition =
        switch (fields.oneOf("predicate", known)) {
          case "always" -> new Condition.Always();
          case "personal-data-affected" -> new Condition.PersonalDataAffected();
          case "data-classes-present" ->
              new Condition.DataClassesPresent(anyOf(fields, "at least one data class"));
          case "entity" -> new Condition.EntityIs(anyOf(fields, "at least one kind of entity"));
          default ->
              new Condition.Subjects(
                  comparison(fields),
                  fields.positive("amount"),
                  jurisdiction(fields),
                  fields.text("population"));
        };
    fields.end();
    return condition;
  }

  private static TreeSet<String> anyOf(Fields fields, String expected) {
    var names = new TreeSet<String>(fields.texts("any-of"));
    if (names.isEmpty()) {
      throw fields.wrong("any-of: " + expected, "nothing");
    }
    return names;
  }

  private static Condition.Comparison comparison(Fields fields) {
    return switch (fields.oneOf("comparator", ">=", ">", "<")) {
      case ">=" -> Condition.Comparison.AT_LEAST;
      case ">" -> Condition.Comparison.MORE_THAN;
      default -> Condition.Comparison.FEWER_THAN;
    };
  }

  private static Optional<String> jurisdiction(Fields fields) {
    Optional<String> code = fields.optionalText("jurisdiction");
    if (code.filter(each -> !JURISDICTION.matcher(each).matches()).isPresent()) {
      throw fields.wrong("jurisdiction: a code such as US, US-TX or US-*", code.get());
    }
    return code;
  }
}
