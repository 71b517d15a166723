package dev.portcullis.scope;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the thief's uses from the rightful owner's, by who was there before and whom the evidence
 * names. The rules, in this order, are in docs/scope.md.
 */
final class Judge {
  /** Whose a use is. */
  enum Verdict {
    /** It appeared with the breach, or is the one that the evidence names. */
    THIEF,
    /** It was there long before, and the evidence names others. */
    OWNER,
    /** New or seldom seen before, but with the owner's software; no evidence names it. */
    PERHAPS_OWNER,
    /** It was there long before, and it is the one that the evidence names. */
    BOTH
  }

  private final Strands strands;
  private final Optional<Instant> onset;
  private final Map<Use.Software, Long> bareEvidence = new HashMap<>();
  private long newSoftwareEvidence;
  private final Map<String, List<Strand>> byCredential;
  private final Map<String, List<Strand>> bySource;

  Judge(Strands strands) {
    this.strands = strands;
    onset = strands.onset();
    for (Strand strand : strands.named()) {
      Use.Software software = strand.use().software();
      if (!strand.byTerm() && software.isKnown()) {
        bareEvidence.merge(software, strand.evidence(), Long::sum);
        boolean isNew = strands.usersBefore(software) < Strand.HABIT;
        newSoftwareEvidence += isNew ? strand.evidence() : 0;
      }
    }
    byCredential = Strands.by(strands.all(), Use::credential);
    bySource = Strands.by(strands.all(), use -> Optional.of(use.source()));
  }

  /** Whose that use is, of which at least some exchanges are named. */
  Verdict of(Strand strand) {
    boolean settled = isSettled(strand);
    List<Strand> rivals = rivals(strand);
    if (!settled && !strand.byTerm() && hasOrdinarySoftware(strand)) {
      return Verdict.OWNER;
    }
    if (!settled && wasThereBefore(strand, rivals)) {
      return isSomebodyElse(strand, rivals) ? Verdict.OWNER : Verdict.PERHAPS_OWNER;
    }
    if (!settled) {
      return looksLikeOwner(strand, rivals) ? Verdict.PERHAPS_OWNER : Verdict.THIEF;
    }
    if (!strand.byTerm()) {
      // Single requests of a client that has long been there are among what a signal about a whole
      // route names: it met the walk by chance.
      return Verdict.OWNER;
    }
    long newEvidence =
        rivals.stream()
            .filter(each -> each.isNamed() && !isSettled(each))
            .mapToLong(Strand::evidence)
            .sum();
    if (newEvidence > 0 && newEvidence >= strand.evidence()) {
      return Verdict.OWNER;
    }
    boolean othersNamed = rivals.stream().anyMatch(each -> each.evidence() > 0);
    if (strand.evidence() == 0 && othersNamed) {
      return Verdict.OWNER;
    }
    boolean cameLater =
        rivals.stream()
            .anyMatch(each ->
                isSettled(each)
                    && each.evidence() == 0
                    && onset.filter(moment -> each.isOlder(strand, moment)).isPresent());
    return cameLater && strand.evidence() > 0 ? Verdict.THIEF : Verdict.BOTH;
  }

  private boolean isSettled(Strand strand) {
    return onset.filter(strand::isSettled).isPresent();
  }

  /** Other uses of the same credential, or, without one, of the same source. */
  private List<Strand> rivals(Strand strand) {
    Use use = strand.use();
    var near = new ArrayList<Strand>();
    use.credential().ifPresent(id -> near.addAll(byCredential.getOrDefault(id, List.of())));
    bySource.getOrDefault(use.source(), List.of()).stream()
        // At the same source another credential's evidence says something only where the source
        // as a whole is suspected.
        .filter(each -> use.credential().isEmpty() || each.use().credential().isEmpty())
        .forEach(near::add);
    near.removeIf(each -> each == strand || !each.use().differs(use));
    return near;
  }

  /**
   * Whether it uses software that others had used before, while the most of what a signal about a
   * whole route names was done with software that nobody had.
   */
  private boolean hasOrdinarySoftware(Strand strand) {
    Use.Software software = strand.use().software();
    return software.isKnown()
        && strands.usersBefore(software) >= Strand.HABIT
        && bareEvidence.getOrDefault(software, 0L) <= newSoftwareEvidence;
  }

  /** Too rarely to be settled, but before, and the evidence names only others. */
  private boolean wasThereBefore(Strand strand, List<Strand> rivals) {
    return strand.byTerm()
        && strand.evidence() == 0
        && onset.filter(strand.first()::isBefore).isPresent()
        && rivals.stream().anyMatch(each -> each.evidence() > 0);
  }

  /** Another address and other software than all that the evidence names. */
  private static boolean isSomebodyElse(Strand strand, List<Strand> rivals) {
    return rivals.stream()
        .filter(each -> each.evidence() > 0)
        .map(Strand::use)
        .allMatch(use ->
            !use.source().equals(strand.use().source())
                && use.software().differs(strand.use().software()));
  }

  private boolean looksLikeOwner(Strand strand, List<Strand> rivals) {
    Use.Software software = strand.use().software();
    return software.isKnown()
        && strand.byTerm()
        && strand.evidence() == 0
        && rivals.stream()
            .anyMatch(each -> isSettled(each) && each.use().software().equals(software))
        && rivals.stream()
            .filter(each -> each.evidence() > 0)
            .allMatch(each -> each.use().software().differs(software));
  }

  /**
   * Whether what a client did before the first evidence was done by somebody else than what it did
   * since, judged by behaviour alone.
   */
  static boolean wasSomebodyElse(Strand strand) {
    Optional<Tally> before = strand.find(Strand.Slot.BEFORE);
    Optional<Tally> since = strand.find(Strand.Slot.SINCE);
    return before.isPresent()
        && since.isPresent()
        && before.get().exchanges() >= 30
        && Duration.between(before.get().first().orElseThrow(), before.get().last().orElseThrow())
                .compareTo(Duration.ofHours(24))
            >= 0
        && Behaviour.of(before.get(), since.get()).isDifferent();
  }
}
