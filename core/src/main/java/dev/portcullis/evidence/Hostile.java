package dev.portcullis.evidence;

import dev.portcullis.detect.Signal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Selection;
import dev.portcullis.scope.Criteria;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which exchanges are exhibits: those that the scope counts, and those that signals rest on. */
final class Hostile {
  /** Exchanges that signals name; more are left out, and that is said. */
  static final int MAX_NAMED = 1_000_000;

  private final Criteria criteria;
  private final Set<Long> evidence = new HashSet<>();

  Hostile(Criteria criteria, List<Signal> signals, Findings findings) {
    this.criteria = criteria;
    long named = 0;
    for (Signal signal : signals) {
      named += signal.evidence().size();
      if (evidence.size() + signal.evidence().size() <= MAX_NAMED) {
        evidence.addAll(signal.evidence());
      }
    }
    if (named > MAX_NAMED) {
      findings.add(
          "The signals name %d exchanges as their evidence (expected: %d at most): those of the last signals are exported only if the criteria meet them"
              .formatted(named, MAX_NAMED));
    }
  }

  /** What to read to find them all. */
  Selection selection() {
    Selection wide = criteria.selection();
    var sequences = new HashSet<Long>(wide.sequences());
    sequences.addAll(evidence);
    return new Selection(
        wide.credentials(),
        wide.accounts(),
        wide.sources(),
        wide.fingerprints(),
        wide.sessions(),
        Set.copyOf(sequences),
        wide.from(),
        wide.until());
  }

  /** Why that one is an exhibit; empty if it is none. */
  List<String> why(JournalEntry entry) {
    var why = new ArrayList<String>(2);
    if (criteria.isHostile(entry)) {
      why.add("criteria");
    }
    if (evidence.contains(entry.sequence())) {
      why.add("signal-evidence");
    }
    return why;
  }

  /** For people. */
  List<String> words() {
    return criteria.words();
  }
}
