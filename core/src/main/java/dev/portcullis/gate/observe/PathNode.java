package dev.portcullis.gate.observe;

import dev.portcullis.config.JsonPath;
import dev.portcullis.config.JsonPath.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All JSON paths of a route as one automaton: a place in a document is a few of its nodes. Paths
 * that begin alike share nodes.
 */
final class PathNode {
  private final Map<String, PathNode> names = new HashMap<>();
  private final Map<Integer, PathNode> indices = new HashMap<>();
  private @Nullable PathNode every;

  /** Where the segments go on that may skip levels. */
  private @Nullable PathNode below;

  private final List<Branch> branches = new ArrayList<>(0);

  /** Whether it stays at every level further down. */
  private final boolean stays;

  private boolean subject;
  private final List<String> dataClasses = new ArrayList<>(0);

  /** A slice, or several selectors that lead to one place. */
  private record Branch(List<Selector> selectors, PathNode target) {}

  PathNode() {
    this(false);
  }

  private PathNode(boolean stays) {
    this.stays = stays;
  }

  private PathNode descend(JsonPath path) {
    PathNode node = this;
    for (JsonPath.Segment segment : path.segments()) {
      if (segment.descendant()) {
        if (node.below == null) {
          node.below = new PathNode(true);
        }
        node = node.below;
      }
      node = node.child(segment.selectors());
    }
    return node;
  }

  private PathNode child(List<Selector> selectors) {
    if (selectors.size() == 1) {
      switch (selectors.getFirst()) {
        case Selector.Name(String name) -> {
          return names.computeIfAbsent(name, absent -> new PathNode());
        }
        case Selector.Index(int index) -> {
          return indices.computeIfAbsent(index, absent -> new PathNode());
        }
        case Selector.Every() -> {
          if (every == null) {
            every = new PathNode();
          }
          return every;
        }
        case Selector.Slice slice -> {}
      }
    }
    var target = new PathNode();
    branches.add(new Branch(selectors, target));
    return target;
  }

  void addSubject(JsonPath path) {
    descend(path).subject = true;
  }

  void addClass(JsonPath path, String dataClass) {
    PathNode node = descend(path);
    if (!node.dataClasses.contains(dataClass)) {
      node.dataClasses.add(dataClass);
    }
  }

  boolean isSubject() {
    return subject;
  }

  List<String> dataClasses() {
    return dataClasses;
  }

  /** Adds this and the nodes that are wherever it is. */
  void enter(List<PathNode> into) {
    add(this, into);
    if (below != null) {
      add(below, into);
    }
  }

  // By identity: an equal node is the same node. Lists have one or two entries.
  private static void add(PathNode node, List<PathNode> into) {
    for (int i = 0; i < into.size(); i++) {
      if (into.get(i) == node) {
        return;
      }
    }
    into.add(node);
  }

  void member(String name, List<PathNode> into) {
    PathNode child = names.get(name);
    if (child != null) {
      child.enter(into);
    }
    toEvery(into);
    for (int i = 0; i < branches.size(); i++) {
      Branch branch = branches.get(i);
      if (branch.selectors().stream().anyMatch(selector -> selects(selector, name))) {
        branch.target().enter(into);
      }
    }
  }

  private static boolean selects(Selector selector, String member) {
    return selector instanceof Selector.Every
        || (selector instanceof Selector.Name(String name) && name.equals(member));
  }

  void element(int index, List<PathNode> into) {
    toEvery(into);
    if (!indices.isEmpty()) {
      PathNode child = indices.get(index);
      if (child != null) {
        child.enter(into);
      }
    }
    for (int i = 0; i < branches.size(); i++) {
      Branch branch = branches.get(i);
      if (branch.selectors().stream().anyMatch(selector -> selects(selector, index))) {
        branch.target().enter(into);
      }
    }
  }

  private static boolean selects(Selector selector, int element) {
    return switch (selector) {
      case Selector.Every() -> true;
      case Selector.Index(int index) -> index == element;
      case Selector.Slice slice -> slice.takes(element);
      case Selector.Name(String name) -> false;
    };
  }

  private void toEvery(List<PathNode> into) {
    if (stays) {
      add(this, into);
    }
    if (every != null) {
      every.enter(into);
    }
  }
}
