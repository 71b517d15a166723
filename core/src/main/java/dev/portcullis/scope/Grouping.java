package dev.portcullis.scope;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Makes edges of candidates of one kind: each its own, unless there are so many that nobody could
 * decide on each. Then those that appeared with the breach are proposed together, by what they
 * share, and what was there before is left, weakest last.
 */
final class Grouping {
  private Grouping() {}

  static List<Pivot> of(List<Candidate> candidates, Room room) {
    List<Candidate> fresh = candidates.stream().filter(Candidate::fresh).toList();
    List<Candidate> older =
        candidates.stream()
            .filter(each -> !each.fresh())
            .sorted(Comparator.comparingDouble(each -> -each.strength()))
            .toList();
    var pivots = new ArrayList<Pivot>();
    if (older.size() <= ScopeLimits.SINGLE_EDGES) {
      older.forEach(each -> pivots.add(edge(List.of(each), each.shared(), room)));
    } else {
      older
          .subList(0, ScopeLimits.SINGLE_EDGES)
          .forEach(each -> pivots.add(edge(List.of(each), each.shared(), room)));
      List<Candidate> rest = older.subList(ScopeLimits.SINGLE_EDGES, older.size());
      pivots.add(edge(rest, "what was shared before the breach", room));
    }
    Map<String, List<Candidate>> byShared = new TreeMap<>();
    fresh.forEach(
        each -> byShared.computeIfAbsent(each.shared(), shared -> new ArrayList<>()).add(each));
    if (fresh.size() <= ScopeLimits.SINGLE_EDGES) {
      fresh.forEach(each -> pivots.add(edge(List.of(each), each.shared(), room)));
    } else if (byShared.size() <= ScopeLimits.SINGLE_EDGES) {
      byShared.forEach((shared, group) -> pivots.add(edge(group, shared, room)));
    } else {
      pivots.add(edge(fresh, byShared.size() + " of what the breach used", room));
    }
    return pivots;
  }

  private static Pivot edge(List<Candidate> all, String shared, Room room) {
    List<Candidate> group =
        all.stream()
            .sorted(
                Comparator.comparingLong((Candidate each) -> -each.size())
                    .thenComparing(each -> each.term().words()))
            .limit(ScopeLimits.TERMS)
            .toList();
    Candidate largest = group.getFirst();
    var since = new Tally(room, false);
    group.forEach(each -> since.merge(each.since()));
    double overlap = mean(group, Candidate::overlap);
    double likeness = mean(group, Candidate::likeness);
    return new Pivot(
        "",
        largest.kind(),
        shared,
        group.stream().map(Candidate::target).distinct().limit(Pivot.MAX_NAMED).toList(),
        group.size(),
        mean(group, Candidate::strength),
        mean(group, Candidate::rarity),
        overlap,
        likeness,
        "%s; %.0f %% of its use lies since the breach began; its behaviour is %.0f %% like the hostile"
            .formatted(
                group.size() == 1
                    ? "shares " + String.join(" and ", largest.ties())
                    : group.size() + " uses that share, the largest, " + largest.ties().getFirst(),
                100 * overlap,
                100 * likeness),
        since.exchanges(),
        since.subjectCount(),
        group.stream().map(each -> each.strand().first()).min(Instant::compareTo).orElseThrow(),
        since.last().orElse(Instant.MIN),
        group.stream().map(Candidate::term).distinct().toList(),
        Optional.empty());
  }

  private static double mean(List<Candidate> group, ToDoubleFunction<Candidate> what) {
    return Math.round(group.stream().mapToDouble(what).average().orElse(0) * 1_000) / 1_000.0;
  }
}
