package dev.portcullis.obligation;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one rule file, strictly: an unknown or missing field is an error that names it. */
final class RuleReader {
  private static final int MAX_CHARACTERS = 65_536;

  private RuleReader() {}

  /**
   * The rule in that text.
   *
   * @param place named in errors
   * @throws IllegalArgumentException with the place, what was found and what was expected
   */
  static Rule read(String place, String yaml) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(place).setCodePointLimit(MAX_CHARACTERS).build();
    Object node;
    try {
      node = new Load(settings).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(place + ": not YAML: " + e.getMessage(), e);
    }
    var fields = new Fields(place, node);
    Fields source = fields.mapping("source");
    Fields limit = fields.mapping("limit");
    Fields evidence = fields.mapping("evidence");
    Optional<Fields> force = fields.optionalMapping("in-force");
    var rule =
        new Rule(
            fields.text("id"),
            fields.text("title"),
            fields.text("jurisdiction"),
            source.text("instrument") + ", " + source.text("article"),
            fields.text("anchor"),
            limit(limit),
            limit.optionalText("urgency"),
            oneOf(fields, "met-by", "dispatch", "receipt").equals("receipt"),
            fields.text("recipient"),
            contents(fields),
            conditions(fields),
            evidence.flag("verified"),
            evidence.text("read-in"),
            force.flatMap(each -> day(each, "from")),
            force.flatMap(each -> day(each, "to")),
            fields.flag("proposed"),
            List.copyOf(fields.texts("notes")));
    source.end();
    limit.end();
    evidence.end();
    force.ifPresent(Fields::end);
    fields.end();
    return rule;
  }

  private static String oneOf(Fields fields, String key, String... allowed) {
    String value = fields.text(key);
    if (!Arrays.asList(allowed).contains(value)) {
      throw fields.wrong(key + ": " + String.join(" or ", allowed), value);
    }
    return value;
  }

  private static Limit limit(Fields fields) {
    String unit = oneOf(fields, "unit", "elapsed-hours", "calendar-days", "no-fixed-limit");
    return switch (unit) {
      case "elapsed-hours" -> {
        int hours = fields.positive("amount");
        Optional<String> note = fields.optionalText("latest-note");
        if (note.filter(each -> !each.equals("eu-1182-71")).isPresent()) {
          throw fields.wrong("latest-note: eu-1182-71", note.get());
        }
        yield new Limit.Elapsed(Duration.ofHours(hours), note.isPresent());
      }
      case "calendar-days" -> new Limit.CalendarDays(fields.positive("amount"), zones(fields));
      default -> new Limit.NoFixedLimit();
    };
  }

  private static List<ZoneId> zones(Fields fields) {
    List<String> names = fields.texts("zones");
    if (names.isEmpty()) {
      throw fields.wrong("zones: at least one time zone", "nothing");
    }
    try {
      return names.stream().map(ZoneId::of).toList();
    } catch (DateTimeException e) {
      throw fields.wrong("zones: names such as Europe/Berlin", names);
    }
  }

  private static List<Content> contents(Fields fields) {
    List<Content> contents =
        fields.texts("contents").stream()
            .map(word ->
                Arrays.stream(Content.values())
                    .filter(each -> each.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> fields.wrong("contents: one of " + allContents(), word)))
            .toList();
    if (contents.isEmpty()) {
      throw fields.wrong("contents: at least one of " + allContents(), "nothing");
    }
    return contents;
  }

  private static String allContents() {
    return Arrays.stream(Content.values()).map(Content::word).collect(Collectors.joining(", "));
  }

  private static List<Condition> conditions(Fields fields) {
    List<?> list = fields.list("applies-when");
    if (list.isEmpty()) {
      throw fields.wrong("applies-when: at least one predicate", "nothing");
    }
    return list.stream().map(each -> condition(new Fields("applies-when", each))).toList();
  }

  private static Condition condition(Fields fields) {
    String[] known = Condition.PREDICATES.stream().sorted().toArray(String[]::new);
    Condition condition =
        switch (oneOf(fields, "predicate", known)) {
          case "always" -> new Condition.Always();
          case "personal-data-affected" -> new Condition.PersonalDataAffected();
          case "data-classes-present" -> {
            var classes = new TreeSet<String>(fields.texts("any-of"));
            if (classes.isEmpty()) {
              throw fields.wrong("any-of: at least one data class", "nothing");
            }
            yield new Condition.DataClassesPresent(classes);
          }
          default ->
              new Condition.Subjects(
                  oneOf(fields, "comparator", ">=", ">").equals(">=")
                      ? Condition.Comparison.AT_LEAST
                      : Condition.Comparison.MORE_THAN,
                  fields.positive("amount"),
                  fields.text("population"));
        };
    fields.end();
    return condition;
  }

  private static Optional<LocalDate> day(Fields fields, String key) {
    Optional<String> text = fields.optionalText(key);
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw fields.wrong(key + ": a day such as 2018-05-25", text);
    }
  }
}
