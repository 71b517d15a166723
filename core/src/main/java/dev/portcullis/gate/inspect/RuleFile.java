package dev.portcullis.gate.inspect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a rule book; every mistake in it is an error that names the rule. */
final class RuleFile {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "category",
          "where",
          "only",
          "needs",
          "whole",
          "case",
          "pattern",
          "description",
          "owasp",
          "attack");

  private RuleFile() {}

  /** The rules that the product brings. */
  static List<Rule> standard() {
    try (InputStream file = RuleFile.class.getResourceAsStream("/inspect/rules.yaml")) {
      if (file == null) {
        throw new IllegalStateException("inspect/rules.yaml is missing from the class path");
      }
      return read(new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The rules of that YAML.
   *
   * @throws IllegalArgumentException naming the rule, what is wrong and what would be right
   */
  static List<Rule> read(String yaml) {
    Object document;
    try {
      document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException("rule book is not YAML: " + e.getMessage(), e);
    }
    if (!(document instanceof List<?> entries)) {
      throw new IllegalArgumentException("rule book: expected a list of rules");
    }
    var rules = new ArrayList<Rule>();
    var ids = new HashSet<String>();
    for (Object entry : entries) {
      if (!(entry instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException(
            "rule book, entry " + (rules.size() + 1) + ": expected keys and values");
      }
      Rule rule = rule(map);
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException("rule " + rule.id() + ": stands twice, rename one");
      }
      rules.add(rule);
    }
    return List.copyOf(rules);
  }

  private static Rule rule(Map<?, ?> map) {
    String id = text(map, "id", "?");
    var unknown = new TreeSet<String>();
    map.keySet().forEach(key -> unknown.add(String.valueOf(key)));
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "rule " + id + ": unknown " + unknown + " (expected: " + new TreeSet<>(KEYS) + ")");
    }
    return new Rule(
        id,
        text(map, "category", id),
        places(map, id),
        Optional.ofNullable(map.get("only")).map(only -> String.valueOf(only)),
        needs(map, id),
        Boolean.TRUE.equals(map.get("whole")),
        pattern(map, id),
        text(map, "description", id),
        text(map, "owasp", id),
        text(map, "attack", id));
  }

  private static Set<Place> places(Map<?, ?> map, String id) {
    try {
      return list(map, "where", id).stream()
          .map(place -> Place.named(String.valueOf(place)))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "rule "
              + id
              + ": where: "
              + e.getMessage()
              + " (expected: some of "
              + List.of(Place.values())
              + " in lower case)",
          e);
    }
  }

  private static List<List<String>> needs(Map<?, ?> map, String id) {
    return list(map, "needs", id).stream().map(group -> group(group, id)).toList();
  }

  /** One literal, several, or each of {@code words} behind each of {@code after}. */
  private static List<String> group(Object group, String id) {
    if (group instanceof Map<?, ?> product) {
      return list(product, "after", id).stream()
          .flatMap(start -> list(product, "words", id).stream().map(word -> "" + start + word))
          .map(literal -> literal.toLowerCase(Locale.ROOT))
          .toList();
    }
    List<?> literals = group instanceof List<?> many ? many : List.of(group);
    return literals.stream()
        .map(literal -> String.valueOf(literal).toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Alternatives may stand as a list, one a line. */
  private static Pattern pattern(Map<?, ?> map, String id) {
    Object given = map.get("pattern");
    String source =
        given instanceof List<?> alternatives
            ? alternatives.stream()
                .map(alternative -> "(?:" + alternative + ")")
                .collect(Collectors.joining("|"))
            : text(map, "pattern", id);
    int flags = Pattern.DOTALL;
    if (!"sensitive".equals(map.get("case"))) {
      flags |= Pattern.CASE_INSENSITIVE;
    }
    try {
      return Pattern.compile(source, flags);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "rule " + id + ": pattern: " + e.getMessage() + " (expected: RE2 syntax)", e);
    }
  }

  private static List<?> list(Map<?, ?> map, String key, String id) {
    Object value = map.get(key);
    if (value instanceof List<?> list && !list.isEmpty()) {
      return list;
    }
    throw new IllegalArgumentException(
        "rule " + id + ": " + key + ": " + value + " (expected: a list that is not empty)");
  }

  private static String text(Map<?, ?> map, String key, String id) {
    Object value = map.get(key);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    throw new IllegalArgumentException(
        "rule " + id + ": " + key + ": " + value + " (expected: text)");
  }
}
