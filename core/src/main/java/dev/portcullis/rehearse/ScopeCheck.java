package dev.portcullis.rehearse;

import dev.portcullis.detect.Signal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Selection;
import dev.portcullis.scope.Criteria;
import dev.portcullis.scope.Determination;
import dev.portcullis.scope.Pivot;
import dev.portcullis.scope.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures the scope against the truth: as it is determined at once, and as it has become when a
 * person who knows the truth has decided on every pivot.
 */
final class ScopeCheck {
  /** Determinations until it must have closed. */
  private static final int ROUNDS = 20;

  private final List<Signal> signals;
  private final List<JournalEntry> journal;
  private final BitSet hostile;
  private final Set<Pseudonym> reached;
  private final List<Pivot> decided = new ArrayList<>();

  private ScopeCheck(
      List<Signal> signals, List<JournalEntry> journal, BitSet hostile, Set<Pseudonym> reached) {
    this.signals = signals;
    this.journal = journal;
    this.hostile = hostile;
    this.reached = reached;
  }

  static RehearsalResult.Accuracy of(
      List<Signal> signals, List<JournalEntry> journal, BitSet hostile, Set<Pseudonym> reached) {
    return new ScopeCheck(signals, journal, hostile, reached).run();
  }

  private RehearsalResult.Accuracy run() {
    Scope first = determine();
    Scope last = first;
    for (int round = 1; round < ROUNDS && !last.isClosed(); round++) {
      last.pivots().stream()
          .filter(pivot -> pivot.state() == Pivot.State.UNDECIDED)
          .forEach(pivot -> decided.add(decide(pivot)));
      last = determine();
    }
    long accepted = decided.stream().filter(pivot -> pivot.state() == Pivot.State.ACCEPTED).count();
    return new RehearsalResult.Accuracy(
        precision(first),
        recall(first),
        first.unknown().size(),
        precision(last),
        recall(last),
        accepted,
        decided.size() - accepted,
        last.isClosed(),
        last.unknown().size(),
        first.split());
  }

  private Scope determine() {
    return Determination.of(
        "drill",
        Flow.BEGIN,
        new Criteria(signals, decided),
        new Recorded(journal),
        this::named,
        route -> Optional.of("drill"));
  }

  private List<Pivot> named(List<Pivot> proposed) {
    var named = new ArrayList<Pivot>();
    for (Pivot pivot : proposed) {
      named.add(pivot.decided("P" + (decided.size() + named.size() + 1), Optional.empty()));
    }
    return named;
  }

  /** As a person who knows the truth would. */
  private Pivot decide(Pivot pivot) {
    long right = 0;
    long all = 0;
    var terms = new Criteria(List.of(), List.of(pivot.decided(pivot.id(), accepted(true))));
    for (JournalEntry entry : journal) {
      if (!(entry.exchange().outcome() instanceof Outcome.Refused) && terms.isHostile(entry)) {
        all++;
        right += hostile.get((int) entry.sequence()) ? 1 : 0;
      }
    }
    return pivot.decided(pivot.id(), accepted(2 * right > all));
  }

  private static Optional<Pivot.Decision> accepted(boolean yes) {
    return Optional.of(new Pivot.Decision(yes, "drill", Flow.BEGIN, "the truth is known here"));
  }

  private double precision(Scope scope) {
    return scope.subjects().isEmpty() ? 1 : (double) right(scope) / scope.subjects().size();
  }

  private double recall(Scope scope) {
    return reached.isEmpty() ? 1 : (double) right(scope) / reached.size();
  }

  private long right(Scope scope) {
    var found = new HashSet<Pseudonym>(scope.subjects());
    found.retainAll(reached);
    return found.size();
  }

  /** A drill's exchanges. */
  private record Recorded(List<JournalEntry> journal) implements Determination.Records {
    @Override
    public JournalReader read(long from) {
      return reader(journal.subList((int) from, journal.size()).iterator());
    }

    @Override
    public JournalReader select(Selection selection) {
      return reader(journal.stream().filter(selection::matches).iterator());
    }

    @Override
    public long end() {
      return journal.size();
    }

    private static JournalReader reader(Iterator<JournalEntry> entries) {
      return new JournalReader() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public JournalEntry next() {
          return entries.next();
        }

        @Override
        public void close() {}
      };
    }
  }
}
