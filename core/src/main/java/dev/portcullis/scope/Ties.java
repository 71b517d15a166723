package dev.portcullis.scope;

import dev.portcullis.scope.Candidate.Tie;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What ties a use to the hostile ones, and how rare that was before the breach. */
final class Ties {
  private final Near near;
  private final Set<Use.Software> common;
  private final Map<String, Set<String>> before = new HashMap<>();

  Ties(Near near, Strands strands, Instant breach) {
    this.near = near;
    common = strands.common();
    for (Strand strand : strands.all()) {
      if (strand.first().isBefore(breach)) {
        learn(strand.use());
      }
    }
  }

  private void learn(Use use) {
    learn("source " + use.source(), use.credential().orElse("anonymous " + use.software()));
    use.credential().ifPresent(id -> learn("credential " + id, use.source()));
    use.account().ifPresent(name -> learn("account " + name, use.principal()));
    if (use.software().isKnown()) {
      learn(use.software().words(), use.principal());
    }
  }

  private void learn(String shared, String who) {
    before.computeIfAbsent(shared, each -> new HashSet<>()).add(who);
  }

  /** 1 if nobody had it before the breach; a half if one had; the more, the less. */
  private Tie tie(Pivot.Kind kind, String shared) {
    int others = before.getOrDefault(shared, Set.of()).size();
    return new Tie(kind, shared, 1 / (1 + Math.log(1 + others) / Math.log(2)));
  }

  /** What ties that use, in the order of {@link Pivot.Kind}. */
  List<Tie> of(Strand strand) {
    var ties = new ArrayList<Tie>();
    Use use = strand.use();
    strand.sessions().stream()
        .filter(near.sessions()::contains)
        .findFirst()
        // A login is one person's: it is never rare or common.
        .ifPresent(session -> ties.add(new Tie(Pivot.Kind.SESSION, "session " + session, 1)));
    if (near.sources().contains(use.source())) {
      ties.add(tie(Pivot.Kind.SOURCE, "source " + use.source()));
    }
    present(use.credential(), near.credentials())
        .ifPresent(id -> ties.add(tie(Pivot.Kind.CREDENTIAL, "credential " + id)));
    present(use.account(), near.accounts())
        .filter(name -> use.credential().filter(near.credentials()::contains).isEmpty())
        .ifPresent(name -> ties.add(tie(Pivot.Kind.ACCOUNT, "account " + name)));
    if (near.software().contains(use.software()) && !common.contains(use.software())) {
      ties.add(tie(Pivot.Kind.CLIENT, use.software().words()));
    }
    return ties;
  }

  private static Optional<String> present(Optional<String> name, Set<String> names) {
    return name.filter(names::contains);
  }

  /** How many had it before the breach. */
  int sharers(String shared) {
    return before.getOrDefault(shared, Set.of()).size();
  }
}
