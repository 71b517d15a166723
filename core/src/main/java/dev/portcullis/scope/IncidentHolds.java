package dev.portcullis.scope;

import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Hold;
import dev.portcullis.incident.HoldDesk;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.journal.Holds;
import dev.portcullis.journal.JournalEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What legal holds keep of the journal: the hostile exchanges of each incident under hold, and the
 * evidence of its signals.
 */
public final class IncidentHolds {
  private final HoldDesk holds;
  private final IncidentDesk incidents;
  private final Function<String, Criteria> criteria;

  /**
   * Over these; owns none of them.
   *
   * @param criteria of an incident, by its id
   */
  public IncidentHolds(
      HoldDesk holds, IncidentDesk incidents, Function<String, Criteria> criteria) {
    this.holds = holds;
    this.incidents = incidents;
    this.criteria = criteria;
  }

  /**
   * The holds as they are now: each run of retention asks anew.
   *
   * @throws RuntimeException if that can't be told: then nothing may be deleted
   */
  public Holds current() {
    List<Held> held = held();
    return new Holds() {
      @Override
      public boolean isEmpty() {
        return held.isEmpty();
      }

      @Override
      public boolean holds(JournalEntry entry) {
        for (Held each : held) {
          if (each.holds(entry)) {
            return true;
          }
        }
        return false;
      }
    };
  }

  /** What each incident under hold keeps, as things are now. */
  List<Held> held() {
    return holds.inForce().stream()
        .map(Hold::incident)
        .distinct()
        .map(id -> Held.of(id, criteria.apply(id), incidents.signals(id)))
        .toList();
  }

  /**
   * What one incident's hold keeps.
   *
   * @param incident its id
   */
  record Held(String incident, Criteria criteria, Set<Long> evidence) {
    static Held of(String incident, Criteria criteria, List<Signal> signals) {
      var evidence = new HashSet<Long>();
      signals.forEach(signal -> evidence.addAll(signal.evidence()));
      return new Held(incident, criteria, Set.copyOf(evidence));
    }

    boolean holds(JournalEntry entry) {
      return evidence.contains(entry.sequence()) || criteria.isHostile(entry);
    }
  }
}
