package dev.portcullis.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What stands at one place of the document.
 *
 * @param path such as {@code routes[2].limit}
 * @param pattern the path without indices, such as {@code routes[].limit}
 */
record Value(Reading reading, Node node, String path, String pattern) {
  /** Entries of one list or map. */
  static final int MAX_ENTRIES = 10_000;

  Value {
    reading.locate(path, Position.of(node.getStartMark()));
  }

  boolean isNothing() {
    return node instanceof ScalarNode scalar
        && scalar.isPlain()
        && (scalar.getTag().equals(Tag.NULL)
            || scalar.getValue().isEmpty()
            || scalar.getValue().equals("~"));
  }

  boolean isScalar() {
    return node instanceof ScalarNode && !isNothing();
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  /** Whether this is a scalar that says just that. */
  boolean says(String word) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(word);
  }

  /** The scalar as a value, or a problem. */
  <T> Optional<T> read(Text<T> text) {
    if (isForeign() || !(node instanceof ScalarNode scalar) || isNothing()) {
      problem(kind(), text.expected());
      return Optional.empty();
    }
    String raw = scalar.getValue();
    try {
      return Optional.of(text.parse(Substitution.apply(raw, reading.environment())));
    } catch (Mistake mistake) {
      String origin = Substitution.isNeeded(raw) ? " (from the environment)" : "";
      problem(
          Masking.value(path, raw) + origin + " " + mistake.predicate(),
          mistake.expected().orElse(text.expected()));
      return Optional.empty();
    }
  }

  /** The map as a record; where it is no map, a problem and a placeholder. */
  <T> T section(Function<Section, T> reader) {
    if (node instanceof MappingNode map && !isForeign()) {
      var section = new Section(reading, map, path, pattern);
      T read = reader.apply(section);
      section.finish();
      return read;
    }
    problem(kind(), "a map: `key: value`, one below the other");
    return reading.muted(() -> reader.apply(Section.empty(reading, path, pattern)));
  }

  /** The list's entries; a single value counts as a list of one; nothing, as an empty one. */
  List<Value> items() {
    if (isNothing()) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      return List.of(this);
    }
    if (tooMany(list.getValue().size())) {
      return List.of();
    }
    var items = new ArrayList<Value>();
    for (Node item : list.getValue()) {
      items.add(new Value(reading, item, path + "[" + items.size() + "]", pattern + "[]"));
    }
    return items;
  }

  /** The map's entries, whose keys are the user's own; a problem for a key that stands twice. */
  Map<String, Value> entries() {
    var entries = new LinkedHashMap<String, Value>();
    if (!(node instanceof MappingNode map) || tooMany(map.getValue().size())) {
      return entries;
    }
    var first = new LinkedHashMap<String, Position>();
    for (var tuple : map.getValue()) {
      Position at = Position.of(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        reading.problem(at, path, "a key that is a list or a map", "a word");
        continue;
      }
      String name = key.getValue();
      String below = path.isEmpty() ? name : path + "." + name;
      Position before = first.putIfAbsent(name, at);
      if (before != null) {
        reading.problem(
            at,
            below,
            "the key stands twice, first on line " + before.line(),
            "each key once in a map");
        continue;
      }
      String general = pattern.isEmpty() ? name : pattern + "." + name;
      entries.put(name, new Value(reading, tuple.getValueNode(), below, general));
    }
    return entries;
  }

  void problem(String wrong, String expected) {
    reading.problem(Position.of(node.getStartMark()), path, wrong, expected);
  }

  /** The value in quotes as it may be shown. */
  String shown() {
    return node instanceof ScalarNode scalar ? Masking.value(path, scalar.getValue()) : kind();
  }

  private boolean isForeign() {
    return !node.getTag().getValue().startsWith(Tag.PREFIX) || node.getTag().equals(Tag.BINARY);
  }

  private String kind() {
    if (isForeign()) {
      return "is an unquoted value that begins with !";
    }
    if (node instanceof ScalarNode && !isNothing()) {
      return "is " + shown();
    }
    return isMap() ? "is a map" : isList() ? "is a list" : "has no value";
  }

  private boolean tooMany(int entries) {
    if (entries > MAX_ENTRIES) {
      problem("has " + entries + " entries", "at most " + MAX_ENTRIES);
    }
    return entries > MAX_ENTRIES;
  }
}
