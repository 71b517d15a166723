package dev.portcullis.gate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Routes by path: a small tree of segments. At each segment a literal beats a parameter, a
 * parameter beats {@code **}. Several routes may share a template and differ in their methods.
 */
final class RouteTable {
  private final Node root = new Node();

  RouteTable(List<GateRoute> routes) {
    routes.forEach(this::add);
  }

  /** What lies below one segment. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final List<GateRoute> routes = new ArrayList<>(1);
    private @Nullable Node parameter;
    private @Nullable Node rest;

    /** Whether the parameter that leads here names a data subject, on one route at least. */
    private boolean subject;
  }

  private void add(GateRoute route) {
    String[] segments = route.settings().path().substring(1).split("/", -1);
    Node node = root;
    for (String segment : segments) {
      if (segment.equals("**")) {
        node.rest = node.rest == null ? new Node() : node.rest;
        node = node.rest;
      } else if (isParameter(segment)) {
        node.parameter = node.parameter == null ? new Node() : node.parameter;
        node = node.parameter;
        node.subject |=
            route
                .settings()
                .data()
                .subjectParameter()
                .filter(name -> segment.equals("{" + name + "}"))
                .isPresent();
      } else {
        node = node.literals.computeIfAbsent(segment, absent -> new Node());
      }
    }
    node.routes.add(route);
  }

  static boolean isParameter(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  /** The routes whose template matches best; none if none does. */
  Optional<Match> match(List<String> segments) {
    Node node = segments.isEmpty() ? null : find(root, segments, 0);
    return node == null ? Optional.empty() : Optional.of(new Match(node.routes, segments));
  }

  private static @Nullable Node find(Node node, List<String> segments, int at) {
    if (at == segments.size()) {
      return node.routes.isEmpty() ? null : node;
    }
    String segment = segments.get(at);
    Node literal = node.literals.get(segment);
    Node found = literal == null ? null : find(literal, segments, at + 1);
    if (found == null && node.parameter != null && !segment.isEmpty()) {
      found = find(node.parameter, segments, at + 1);
    }
    return found == null ? node.rest : found;
  }

  /** Where a path names data subjects as far as it goes along with any route, matched or not. */
  BitSet subjectPlaces(List<String> segments) {
    var places = new BitSet();
    subjectPlaces(root, segments, 0, places);
    return places;
  }

  // Visits a node once at most: only one way leads to it.
  private static void subjectPlaces(Node node, List<String> segments, int at, BitSet places) {
    if (at == segments.size() || segments.get(at).isEmpty()) {
      return;
    }
    Node literal = node.literals.get(segments.get(at));
    if (literal != null) {
      subjectPlaces(literal, segments, at + 1, places);
    }
    Node parameter = node.parameter;
    if (parameter != null) {
      if (parameter.subject && literal == null) {
        places.set(at);
      }
      subjectPlaces(parameter, segments, at + 1, places);
    }
  }

  /** Routes of one template, and the path that matched it. */
  record Match(List<GateRoute> routes, List<String> segments) {
    /** The one that allows the method. */
    Optional<GateRoute> forMethod(String method) {
      for (GateRoute route : routes) {
        if (route.settings().methods().containsKey(method)) {
          return Optional.of(route);
        }
      }
      return Optional.empty();
    }

    /** Any of them: they differ in methods only. */
    GateRoute any() {
      return routes.getFirst();
    }

    /** Allowed methods, for the Allow header. */
    String allowed() {
      var methods = new TreeSet<String>();
      routes.forEach(route -> methods.addAll(route.settings().methods().keySet()));
      return String.join(", ", methods);
    }

    /** Values of that route's parameters, decoded. */
    Map<String, String> parameters(GateRoute route) {
      Map<String, String> values = Map.of();
      String[] template = route.settings().path().substring(1).split("/", -1);
      for (int i = 0; i < template.length && i < segments.size(); i++) {
        if (isParameter(template[i])) {
          if (values.isEmpty()) {
            values = new HashMap<>(4);
          }
          values.put(template[i].substring(1, template[i].length() - 1), segments.get(i));
        }
      }
      return values;
    }
  }
}
