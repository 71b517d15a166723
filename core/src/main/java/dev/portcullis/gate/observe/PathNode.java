package dev.portcullis.gate.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All JSON paths of a route as one tree: a place in a document is a few of its nodes. */
final class PathNode {
  private final Map<String, PathNode> names = new HashMap<>();
  private final Map<Integer, PathNode> indices = new HashMap<>();
  private @Nullable PathNode every;
  private boolean subject;
  private final List<String> dataClasses = new ArrayList<>(0);

  private PathNode descend(JsonPath path) {
    PathNode node = this;
    for (JsonPath.Step step : path.steps()) {
      node =
          switch (step) {
            case JsonPath.Step.Name(String name) ->
                node.names.computeIfAbsent(name, absent -> new PathNode());
            case JsonPath.Step.Index(int index) ->
                node.indices.computeIfAbsent(index, absent -> new PathNode());
            case JsonPath.Step.Every() -> {
              if (node.every == null) {
                node.every = new PathNode();
              }
              yield node.every;
            }
          };
    }
    return node;
  }

  void addSubject(JsonPath path) {
    descend(path).subject = true;
  }

  void addClass(JsonPath path, String dataClass) {
    descend(path).dataClasses.add(dataClass);
  }

  boolean isSubject() {
    return subject;
  }

  List<String> dataClasses() {
    return dataClasses;
  }

  void member(String name, List<PathNode> into) {
    PathNode child = names.get(name);
    if (child != null) {
      into.add(child);
    }
  }

  void element(int index, List<PathNode> into) {
    if (every != null) {
      into.add(every);
    }
    if (!indices.isEmpty()) {
      PathNode child = indices.get(index);
      if (child != null) {
        into.add(child);
      }
    }
  }
}
