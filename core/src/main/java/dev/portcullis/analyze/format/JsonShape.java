package dev.portcullis.analyze.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which names a product's JSON log uses: a tree, because some nest. Names are compared without
 * regard to case. Where several names of a line mean the same field, the one given first wins.
 */
final class JsonShape {
  private final String name;
  private final Node root = new Node();
  private final List<String> needed;
  private int rank;

  /** One name; what it means, if something, and what is inside. */
  static final class Node {
    private final Map<String, Node> children = new HashMap<>();
    private Optional<Field> field = Optional.empty();
    private int rank = Integer.MAX_VALUE;
    private int marker = -1;

    Optional<Node> child(String childName) {
      Node exact = children.get(childName);
      return Optional.ofNullable(
          exact == null ? children.get(childName.toLowerCase(Locale.ROOT)) : exact);
    }

    Optional<Field> field() {
      return field;
    }

    int rank() {
      return rank;
    }

    /** Which of the needed names it is; -1: none. */
    int marker() {
      return marker;
    }
  }

  private JsonShape(String name, List<String> needed) {
    this.name = name;
    this.needed = needed;
  }

  /**
   * An empty shape.
   *
   * @param name of the format
   * @param needed names without which a line is not of this format
   */
  static JsonShape of(String name, String... needed) {
    var shape = new JsonShape(name, List.of(needed));
    for (int i = 0; i < needed.length; i++) {
      shape.place(needed[i]).marker = i;
    }
    return shape;
  }

  /** These names, in order of preference, mean that field; a slash goes one level in. */
  JsonShape with(Field field, String... names) {
    for (String each : names) {
      Node place = place(each);
      place.field = Optional.of(field);
      place.rank = rank++;
    }
    return this;
  }

  /** The same with names that come before all others. */
  JsonShape preferring(Map<Field, String> own) {
    own.forEach((field, theirs) -> {
      Node place = place(theirs);
      place.field = Optional.of(field);
      place.rank = -1;
    });
    return this;
  }

  private Node place(String path) {
    Node node = root;
    var parts = new ArrayList<>(List.of(path.toLowerCase(Locale.ROOT).split("/", -1)));
    for (String part : parts) {
      node = node.children.computeIfAbsent(part, unseen -> new Node());
    }
    return node;
  }

  String name() {
    return name;
  }

  Node root() {
    return root;
  }

  int needed() {
    return needed.size();
  }
}
