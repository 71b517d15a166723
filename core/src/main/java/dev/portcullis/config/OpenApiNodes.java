package dev.portcullis.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Ways through a document's nodes: fields, entries, local references (RFC 6901). */
final class OpenApiNodes {
  private final Node root;
  private final Map<Node, Map<String, Node>> maps = new IdentityHashMap<>();
  private final Map<String, Optional<Node>> references = new HashMap<>();

  OpenApiNodes(Node root) {
    this.root = root;
  }

  /** Fields by name; none if it is no map. */
  Map<String, Node> fields(Optional<Node> node) {
    if (node.isEmpty() || !(node.get() instanceof MappingNode map)) {
      return Map.of();
    }
    return maps.computeIfAbsent(
        map,
        absent -> {
          var fields = new LinkedHashMap<String, Node>();
          for (var tuple : map.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
              fields.putIfAbsent(key.getValue(), tuple.getValueNode());
            }
          }
          return fields;
        });
  }

  Optional<Node> field(Node node, String name) {
    return Optional.ofNullable(fields(Optional.of(node)).get(name));
  }

  /** Entries; none if it is no list. */
  List<Node> items(Optional<Node> node) {
    return node.isPresent() && node.get() instanceof SequenceNode list
        ? list.getValue()
        : List.of();
  }

  static Optional<String> text(Optional<Node> node) {
    return node.isPresent() && node.get() instanceof ScalarNode scalar
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** What the node's {@code $ref} refers to, if it has one that leads somewhere. */
  Optional<Node> resolved(Node node) {
    return text(field(node, "$ref")).flatMap(this::target);
  }

  /** What that reference leads to within this document. */
  Optional<Node> target(String reference) {
    return references.computeIfAbsent(reference, this::find);
  }

  private Optional<Node> find(String reference) {
    if (!reference.startsWith("#/")) {
      return reference.equals("#") ? Optional.of(root) : Optional.empty();
    }
    Node at = root;
    for (String token : reference.substring(2).split("/", -1)) {
      Optional<Node> next = step(at, decoded(token));
      if (next.isEmpty()) {
        return next;
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private Optional<Node> step(Node at, String token) {
    if (at instanceof SequenceNode list) {
      return token.matches("[0-9]{1,6}") && Integer.parseInt(token) < list.getValue().size()
          ? Optional.of(list.getValue().get(Integer.parseInt(token)))
          : Optional.empty();
    }
    return field(at, token);
  }

  private static String decoded(String token) {
    String text = token;
    try {
      text = URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException asItIs) {
      // A percent sign that encodes nothing.
    }
    return text.replace("~1", "/").replace("~0", "~");
  }
}
