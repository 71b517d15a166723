package dev.portcullis.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code routes[].data}. */
final class DataSection {
  private static final String SUBJECT_EXPECTED =
      "a parameter of the route's path in braces and quotes, such as \"{id}\"";
  private static final Text<String> SUBJECT =
      Text.of(
          SUBJECT_EXPECTED,
          text -> {
            if (!text.matches("\\{[A-Za-z_][A-Za-z0-9_-]{0,62}}")) {
              throw new Mistake(
                  text.startsWith("$")
                      ? "is a JSON path; those stand under `subjects`"
                      : "is no path parameter");
            }
            return text.substring(1, text.length() - 1);
          });
  private static final String CLASSES_EXPECTED =
      "a map from data class to JSON paths, such as {health: [\"$.diagnosis\"]}";

  private DataSection() {}

  /**
   * What stands under {@code data}.
   *
   * @param openApi the document that says more
   */
  record Found(DataSettings data, Optional<Path> openApi) {
    static final Found NOTHING = new Found(DataSettings.NONE, Optional.empty());
  }

  static Found data(Section section) {
    return new Found(settings(section), section.maybe("openapi", NodeSection.path(section)));
  }

  private static DataSettings settings(Section section) {
    return new DataSettings(
        section.filled("subject").flatMap(DataSection::subject),
        List.copyOf(section.set("subjects", JsonPaths.PATH)),
        section.filled("classes").map(DataSection::classes).orElse(Map.of()),
        section.section("request", DataSection::body, BodyData.NONE),
        Map.of());
  }

  private static BodyData body(Section section) {
    return new BodyData(
        List.copyOf(section.set("subjects", JsonPaths.PATH)),
        section.filled("classes").map(DataSection::classes).orElse(Map.of()));
  }

  /** {@code subject: {id}} without quotes is a map to YAML; everybody writes it once. */
  private static Optional<String> subject(Value value) {
    if (value.isMap()) {
      value.problem("is a map, because braces without quotes are one in YAML", SUBJECT_EXPECTED);
      return Optional.empty();
    }
    return value.read(SUBJECT);
  }

  private static Map<String, List<String>> classes(Value value) {
    if (!value.isMap()) {
      value.problem("is no map", CLASSES_EXPECTED);
      return Map.of();
    }
    var classes = new LinkedHashMap<String, List<String>>();
    value
        .entries()
        .forEach((name, paths) -> {
          try {
            Texts.KEBAB.parse(name);
          } catch (Mistake mistake) {
            paths.problem(
                "the data class \"" + Masking.abridged(name) + "\" " + mistake.predicate(),
                "lower-case words joined by '-', such as health or bank-account");
          }
          List<String> read = List.copyOf(Section.set(paths, JsonPaths.PATH));
          if (read.isEmpty() && paths.items().isEmpty()) {
            paths.problem("has no JSON path", "at least one, such as $.email");
          }
          classes.put(name, read);
        });
    return Collections.unmodifiableMap(classes);
  }
}
