package dev.portcullis.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A map with known keys. Getters report what is wrong and go on with a placeholder, so that all
 * problems are found in one reading; whatever was never asked for is an unknown key.
 */
final class Section {
  private final Reading reading;
  private final String path;
  private final String pattern;
  private final MappingNode node;
  private final Map<String, Value> values;
  private final Set<String> known = new LinkedHashSet<>();

  Section(Reading reading, MappingNode node, String path, String pattern) {
    this.reading = reading;
    this.node = node;
    this.path = path;
    this.pattern = pattern;
    this.values = new Value(reading, node, path, pattern).entries();
  }

  /** A section in which everything is missing. */
  static Section empty(Reading reading, String path, String pattern) {
    return new Section(
        reading, new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK), path, pattern);
  }

  /** Where it stands, such as {@code routes[2]}. */
  String path() {
    return path;
  }

  Reading reading() {
    return reading;
  }

  /** What stands under the key, if anything does. */
  Optional<Value> value(String key) {
    return value(key, "");
  }

  private Optional<Value> value(String key, String fallback) {
    known.add(key);
    reading.knows(pattern.isEmpty() ? key : pattern + "." + key, fallback);
    return Optional.ofNullable(values.get(key));
  }

  /** What stands under the key, unless it is nothing. */
  Optional<Value> filled(String key) {
    return value(key).filter(value -> !value.isNothing());
  }

  /** A scalar that must be there. */
  <T> T required(String key, Text<T> text, T placeholder) {
    Optional<Value> value = value(key);
    if (value.isEmpty()) {
      missing(key, text.expected());
      return placeholder;
    }
    return value.get().read(text).orElse(placeholder);
  }

  /** A scalar with a default. */
  <T> T optional(String key, Text<T> text, T fallback) {
    return value(key, text.show().apply(fallback))
        .flatMap(value -> value.read(text))
        .orElse(fallback);
  }

  /** A scalar that may be absent. */
  <T> Optional<T> maybe(String key, Text<T> text) {
    return value(key).flatMap(value -> value.read(text));
  }

  /** A map with a default. */
  <T> T section(String key, Function<Section, T> reader, T fallback) {
    return filled(key).map(value -> value.section(reader)).orElse(fallback);
  }

  /** A map that must be there. */
  <T> T requiredSection(String key, String expected, Function<Section, T> reader) {
    Optional<Value> value = filled(key);
    if (value.isEmpty()) {
      missing(key, expected);
      return reading.muted(
          () -> reader.apply(empty(reading, below(path, key), below(pattern, key))));
    }
    return value.get().section(reader);
  }

  /** A list of maps; absent: empty. */
  <T> List<T> sections(String key, Function<Section, T> reader) {
    Optional<Value> list = filled(key);
    if (list.isEmpty()) {
      return List.of();
    }
    if (!list.get().isList()) {
      list.get().problem("is no list", "a list: each entry begins with a dash");
      return List.of();
    }
    var read = new ArrayList<T>();
    for (Value item : list.get().items()) {
      read.add(item.section(reader));
    }
    return List.copyOf(read);
  }

  /** A list of maps with at least one entry. */
  <T> List<T> requiredSections(String key, String expected, Function<Section, T> reader) {
    List<T> read = sections(key, reader);
    if (read.isEmpty() && reading.isSound(below(path, key))) {
      missing(key, expected);
    }
    return read;
  }

  /** A list of scalars, or a single one; absent: empty. A value that stands twice is a problem. */
  <T> Set<T> set(String key, Text<T> text) {
    return value(key).map(value -> set(value, text)).orElse(Set.of());
  }

  /** As {@link #set}, with at least one entry. */
  <T> Set<T> requiredSet(String key, Text<T> text, String expected) {
    Optional<Value> value = filled(key);
    if (value.isEmpty()) {
      missing(key, expected);
    } else if (value.get().items().isEmpty()) {
      value.get().problem("is empty", expected);
    }
    return set(key, text);
  }

  /** A list of scalars, or a single one, in the file's order. */
  static <T> Set<T> set(Value list, Text<T> text) {
    var read = new LinkedHashSet<T>();
    for (Value item : list.items()) {
      Optional<T> value = item.read(text);
      if (value.isPresent() && !read.add(value.get())) {
        item.problem(item.shown() + " stands twice", "each entry once");
      }
    }
    return java.util.Collections.unmodifiableSet(read);
  }

  /** A problem with a key of this section. */
  void problem(String key, String wrong, String expected) {
    reading.problem(below(path, key), wrong, expected);
  }

  void missing(String key, String expected) {
    reading.problem(Position.of(node.getStartMark()), below(path, key), "is missing", expected);
  }

  /** Whether the key is there. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Reports the keys that nobody asked for. */
  void finish() {
    for (var tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof org.snakeyaml.engine.v2.nodes.ScalarNode key
          && !known.contains(key.getValue())) {
        unknown(key.getValue(), Position.of(key.getStartMark()));
      }
    }
  }

  private void unknown(String key, Position at) {
    String shown = Masking.abridged(key);
    List<String> others = known.stream().filter(other -> !has(other)).toList();
    String wrong = "unknown key \"" + shown + "\"" + Nearest.hint(key, known);
    if (key.equals("<<")) {
      reading.problem(at, below(path, key), "merge keys are not supported", "the keys written out");
    } else if (Masking.looksSecret(key)) {
      reading.problem(
          at,
          below(path, shown),
          wrong,
          "no secret in the file: credentials live in the store, and a mail server's password in"
              + " the environment variable that password-variable names");
    } else {
      reading.problem(
          at,
          below(path, shown),
          wrong,
          others.isEmpty() ? "no further key" : "one of " + String.join(", ", others));
    }
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
