package dev.portcullis.scope;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;

/**
 * How alike two uses are, by what was asked for and how. The formulas are in docs/scope.md.
 *
 * @param routes 0 to 1: what the two mixes of routes have in common
 * @param pace 0 to 1: ratio of the mean times between requests
 * @param breadth 0 to 1: ratio of the distinct subjects per request
 */
record Behaviour(double routes, double pace, double breadth) {
  private static final double DIFFERENT_ROUTES = 0.3;
  private static final double DIFFERENT_PACE = 0.2;
  private static final double DIFFERENT_BREADTH = 0.5;

  /** Of two uses. */
  static Behaviour of(Tally one, Tally other) {
    return new Behaviour(
        common(one, other), ratio(gap(one), gap(other)), ratio(breadth(one), breadth(other)));
  }

  private static double common(Tally one, Tally other) {
    double sum = 0;
    var names = new HashSet<String>(one.routes().keySet());
    names.retainAll(other.routes().keySet());
    for (String name : names) {
      sum += Math.min(share(one.routes(), name, one), share(other.routes(), name, other));
    }
    return sum;
  }

  private static double share(Map<String, Long> routes, String name, Tally tally) {
    return routes.getOrDefault(name, 0L) / (double) Math.max(1, tally.exchanges());
  }

  /** Mean seconds between two requests. */
  private static double gap(Tally tally) {
    if (tally.first().isEmpty() || tally.last().isEmpty()) {
      return 0;
    }
    long millis = Duration.between(tally.first().get(), tally.last().get()).toMillis();
    return millis / 1_000.0 / Math.max(1, tally.exchanges() + tally.refused() - 1);
  }

  private static double breadth(Tally tally) {
    return tally.subjectCount() / (double) Math.max(1, tally.exchanges());
  }

  private static double ratio(double one, double other) {
    double larger = Math.max(one, other);
    return larger == 0 ? 1 : Math.min(one, other) / larger;
  }

  /** 0 to 1. */
  double likeness() {
    return 0.6 * routes + 0.2 * pace + 0.2 * breadth;
  }

  /** Whether it was somebody else, or something else. */
  boolean isDifferent() {
    return routes < DIFFERENT_ROUTES || (pace < DIFFERENT_PACE && breadth < DIFFERENT_BREADTH);
  }
}
