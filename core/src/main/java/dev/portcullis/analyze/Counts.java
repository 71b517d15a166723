package dev.portcullis.analyze;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was counted over all requests. Not thread-safe. */
final class Counts {
  /** Sources told apart by one thread; when there are more, the rarest are forgotten. */
  static final int SOURCES = 200_000;

  /** Routes told apart by one thread. */
  static final int ROUTES = 4_096;

  final Tally all = new Tally("");
  final long[] statuses = new long[1_000];
  final Timeline timeline = new Timeline();
  final Interned<Origin> sources = new Interned<>(SOURCES);
  final Interned<Route> routes = new Interned<>(ROUTES);

  /** All the counts of several threads. */
  static Sum sum(List<Counts> parts) {
    var sum = new Sum();
    for (Counts part : parts) {
      sum.all.add(part.all);
      sum.timeline.add(part.timeline);
      for (int i = 0; i < part.statuses.length; i++) {
        sum.statuses[i] += part.statuses[i];
      }
      part.sources.all().forEach(source -> add(sum.sources, source.tally()));
      part.routes.all().forEach(route -> add(sum.routes, route.tally()));
      sum.forgottenSources += part.sources.forgotten();
      sum.forgottenRoutes += part.routes.forgotten();
    }
    return sum;
  }

  private static void add(Map<String, Tally> into, Tally tally) {
    into.computeIfAbsent(tally.name, Tally::new).add(tally);
  }

  /** Several threads' counts together. */
  static final class Sum {
    final Tally all = new Tally("");
    final long[] statuses = new long[1_000];
    final Timeline timeline = new Timeline();
    final Map<String, Tally> sources = new HashMap<>();
    final Map<String, Tally> routes = new HashMap<>();
    long forgottenSources;
    long forgottenRoutes;
  }

  /**
   * Where requests came from.
   *
   * @param text the address
   */
  record Origin(String text, Tally tally) {}

  /**
   * A route.
   *
   * @param name such as {@code /users/{id}}
   * @param login whether people log in there
   */
  record Route(String name, boolean login, Tally tally) {}
}
