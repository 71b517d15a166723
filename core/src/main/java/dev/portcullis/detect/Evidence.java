package dev.portcullis.detect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The last exchanges that speak for a signal, {@link Signal#MAX_EVIDENCE} at most. */
final class Evidence {
  /** How much of it one source or route must hold to be named as the one. */
  static final double NARROW = 0.95;

  private final Deque<Sighting> sightings = new ArrayDeque<>(4);

  /**
   * One exchange.
   *
   * @param weight what it counts for
   */
  record Sighting(long at, long sequence, String source, String route, int weight) {}

  void add(Sighting sighting) {
    sightings.addLast(sighting);
    if (sightings.size() > Signal.MAX_EVIDENCE) {
      sightings.removeFirst();
    }
  }

  void forgetBefore(long time) {
    while (!sightings.isEmpty() && sightings.getFirst().at() < time) {
      sightings.removeFirst();
    }
  }

  int size() {
    return sightings.size();
  }

  /** Their sequences, ascending. */
  List<Long> since(long time) {
    return inWindow(time).map(Sighting::sequence).sorted().distinct().toList();
  }

  /** The largest share that one source holds of it. */
  double topSourceShare(long time) {
    return top(time, Sighting::source).map(Share::share).orElse(0.0);
  }

  /** The source that did it, if one did. */
  Optional<String> source(long time) {
    return top(time, Sighting::source).filter(top -> top.share() >= NARROW).map(Share::name);
  }

  /** The route where most of it happened. */
  Optional<String> route(long time) {
    return top(time, Sighting::route)
        .filter(top -> top.share() > 0.5)
        .map(Share::name)
        .filter(name -> !name.isEmpty());
  }

  private Stream<Sighting> inWindow(long time) {
    return sightings.stream().filter(sighting -> sighting.at() > time);
  }

  private Optional<Share> top(long time, Function<Sighting, String> name) {
    Map<String, Integer> weights = new HashMap<>();
    inWindow(time)
        .forEach(sighting -> weights.merge(name.apply(sighting), sighting.weight(), Integer::sum));
    int total = weights.values().stream().mapToInt(Integer::intValue).sum();
    return weights.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(
            entry -> new Share(entry.getKey(), total == 0 ? 0 : (double) entry.getValue() / total));
  }

  private record Share(String name, double share) {}
}
