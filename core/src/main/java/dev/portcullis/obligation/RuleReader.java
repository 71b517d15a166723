package dev.portcullis.obligation;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
            LimitReader.limit(limit),
            limit.optionalText("urgency"),
            fields.oneOf("met-by", "dispatch", "receipt").equals("receipt"),
            LimitReader.roll(fields),
            tolling(fields),
            fields.text("recipient"),
            contents(fields),
            ConditionReader.conditions(fields),
            new Rule.Evidence(
                evidence.flag("verified"),
                evidence.oneOf("mark", "P", "S", "M"),
                evidence.text("read-in")),
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

  private static Optional<Tolling> tolling(Fields fields) {
    return fields
        .optionalMapping("tolling")
        .map(each -> {
          each.oneOf("by", "law-enforcement");
          var tolling =
              new Tolling(
                  each.has("oral-days")
                      ? Optional.of(each.positive("oral-days"))
                      : Optional.empty());
          each.end();
          return tolling;
        });
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

  private static Optional<LocalDate> day(Fields fields, String key) {
    Optional<String> text = fields.optionalText(key);
    try {
      return text.map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw fields.wrong(key + ": a day such as 2018-05-25", text);
    }
  }
}
