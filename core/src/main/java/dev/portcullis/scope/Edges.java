package dev.portcullis.scope;

import dev.portcullis.scope.Candidate.Tie;
import dev.portcullis.scope.Strand.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the edges from the hostile uses to others, and says why some are none. */
final class Edges {
  /** Below, what two uses share is so common that it says nothing. */
  static final double MIN_STRENGTH = 0.1;

  private final Criteria criteria;
  private final Counted counted;
  private final Ties ties;
  private final Near near;
  private final Room room;
  private final Instant breach;
  private final Tally hostileUse;
  private final Map<String, Set<Use.Software>> hostileSoftware = new HashMap<>();
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<String> excluded = new ArrayList<>();
  private long rejected;
  private long weak;

  Edges(Criteria criteria, Strands strands, Counted counted) {
    this.criteria = criteria;
    this.counted = counted;
    this.room = strands.room();
    near = new Near(counted.hostile());
    // Without a hostile exchange there is no beginning: nothing is tied to it.
    breach = counted.total().first().orElse(Instant.MAX);
    ties = new Ties(near, strands, breach);
    hostileUse = new Tally(room, false);
    for (Strand strand : counted.hostile()) {
      strand.find(Slot.SINCE).ifPresent(hostileUse::merge);
      hostileSoftware
          .computeIfAbsent(strand.use().source(), each -> new HashSet<>())
          .add(strand.use().software());
    }
    strands.all().stream()
        .sorted(Comparator.comparing((Strand each) -> each.use().toString()))
        .forEach(this::look);
  }

  private void look(Strand strand) {
    if (counted.isOwners(strand)) {
      excluded.add(owners(strand));
      return;
    }
    Optional<Tally> since = strand.find(Slot.OTHER);
    Optional<Tally> before = strand.find(Slot.OTHER_BEFORE);
    List<Tie> found = since.or(() -> before).isEmpty() ? List.of() : ties.of(strand);
    if (found.isEmpty()) {
      return;
    }
    var all = new Tally(room, false);
    before.ifPresent(all::merge);
    since.ifPresent(all::merge);
    if (all.last().orElse(Instant.MIN).isBefore(breach)) {
      excluded.add(
          "%s was in use before the breach began and not after: %d exchanges, not counted"
              .formatted(name(strand), all.exchanges() + all.refused()));
    } else if (all.exchanges() == 0) {
      excluded.add(
          "%s was tried after the breach began: %d exchanges, all refused"
              .formatted(name(strand), all.refused()));
    } else if (isOtherClient(strand, found)) {
      excluded.add(
          "%s was in use before the breach began, by other software than the hostile: %d exchanges, not counted"
              .formatted(name(strand), all.exchanges() + all.refused()));
    } else {
      consider(strand, found, since.orElse(all), all);
    }
  }

  private void consider(Strand strand, List<Tie> found, Tally since, Tally all) {
    double overlap =
        (since.exchanges() + since.refused()) / (double) (all.exchanges() + all.refused());
    double likeness = Behaviour.of(since, hostileUse).likeness();
    Tie strongest =
        found.stream()
            .max(Comparator.comparingDouble(each -> each.strength(overlap, likeness)))
            .orElseThrow();
    double apart = 1;
    for (Tie tie : found) {
      apart *= 1 - tie.strength(overlap, likeness);
    }
    Term term =
        strongest.kind() == Pivot.Kind.SESSION
            ? Term.ofSession(strongest.shared().substring("session ".length()))
            : Term.ofUse(strand.use());
    if (criteria.isRejected(term)) {
      rejected++;
    } else if (1 - apart < MIN_STRENGTH) {
      weak++;
    } else {
      candidates.add(
          new Candidate(
              strand,
              strongest.kind(),
              strongest.shared(),
              found.stream().map(this::words).toList(),
              1 - apart,
              strongest.rarity(),
              overlap,
              likeness,
              since,
              !strand.first().isBefore(breach),
              term));
    }
  }

  private String words(Tie tie) {
    return "%s, which %d others had before the breach"
        .formatted(tie.shared(), ties.sharers(tie.shared()));
  }

  /** Somebody behind the same address, who was there before and has other software. */
  private boolean isOtherClient(Strand strand, List<Tie> found) {
    Set<Use.Software> hostile = hostileSoftware.getOrDefault(strand.use().source(), Set.of());
    return strand.isSettled(breach)
        && found.stream().allMatch(tie -> tie.kind() == Pivot.Kind.SOURCE)
        && hostile.stream().allMatch(each -> each.differs(strand.use().software()));
  }

  private String owners(Strand strand) {
    long exchanges = 0;
    for (Slot slot : Slot.values()) {
      exchanges += strand.find(slot).map(each -> each.exchanges() + each.refused()).orElse(0L);
    }
    return "%s was in use before the breach began (first at %s): the owner's ordinary use, not counted: %d exchanges in all"
        .formatted(name(strand), strand.first(), exchanges);
  }

  private static String name(Strand strand) {
    Use use = strand.use();
    return use.credential()
            .map(id -> "Credential " + id + " from source ")
            .orElse("Source without a credential ")
        + use.source();
  }

  /** What to propose, the strongest first. */
  List<Pivot> proposals() {
    var pivots = new ArrayList<Pivot>();
    for (Pivot.Kind kind : Pivot.Kind.values()) {
      pivots.addAll(
          Grouping.of(candidates.stream().filter(each -> each.kind() == kind).toList(), room));
    }
    pivots.sort(Comparator.comparingDouble((Pivot each) -> -each.strength()));
    return pivots;
  }

  /** Uses that were left out, and why, in words. */
  List<String> excluded() {
    int named = room.limits().named();
    var lines = new ArrayList<String>(excluded.subList(0, Math.min(named, excluded.size())));
    if (excluded.size() > named) {
      lines.add("%d further uses that were left out".formatted(excluded.size() - named));
    }
    if (rejected > 0) {
      lines.add(rejected + " uses near the breach do not belong to it, as a person decided");
    }
    if (weak > 0) {
      lines.add(
          "%d uses share only what many have with the breach (strength below %.2f): not counted"
              .formatted(weak, MIN_STRENGTH));
    }
    return lines;
  }

  /** By what neighbours were looked for. */
  Near near() {
    return near;
  }
}
