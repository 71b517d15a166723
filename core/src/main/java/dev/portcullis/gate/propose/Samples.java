package dev.portcullis.gate.propose;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/** What samples of routes' responses were found to hold. Thread-safe; in memory alone. */
public final class Samples {
  /** Samples that are classified at the same time; further ones are dropped. */
  private static final int AT_ONCE = 2;

  /** Routes that are sampled. */
  private static final int MAX_ROUTES = 1_000;

  private final Map<String, RouteSamples> routes = new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final long salt = ThreadLocalRandom.current().nextLong();

  /** The samples of that route; empty if there are too many routes. */
  public java.util.Optional<RouteSamples> of(String route) {
    if (routes.size() >= MAX_ROUTES && !routes.containsKey(route)) {
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(
        routes.computeIfAbsent(route, name -> new RouteSamples(name, this)));
  }

  /** Classifies on a thread of its own, or not at all if too much is under way. */
  void classify(Runnable work) {
    if (!places.tryAcquire()) {
      return;
    }
    Thread.ofVirtual()
        .name("sample")
        .start(() -> {
          try {
            work.run();
          } finally {
            places.release();
          }
        });
  }

  /** Makes a value's place in a count of distinct ones differ between processes. */
  long salt() {
    return salt;
  }

  /** What is proposed, by route name; routes of which there is no sample are left out. */
  public List<RouteProposal> proposals() {
    return routes.values().stream()
        .map(RouteSamples::proposal)
        .filter(proposal -> proposal.samples() > 0)
        .sorted(Comparator.comparing(RouteProposal::route))
        .toList();
  }
}
