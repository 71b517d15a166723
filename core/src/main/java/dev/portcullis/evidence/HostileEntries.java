package dev.portcullis.evidence;

import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalReader;
import java.util.Optional;

/**
 * The exhibits in order. Where the journal is damaged it goes on behind the damage: what an
 * attacker destroyed must not hide what is left.
 */
final class HostileEntries implements AutoCloseable {
  /** Damaged records that are stepped over. */
  static final int MAX_DAMAGED = 1_000;

  /** Is told of each exchange that can't be read. */
  @FunctionalInterface
  interface Damage {
    /** That one. */
    void at(long sequence, String why);
  }

  private final Journal journal;
  private final Hostile hostile;
  private final long end;
  private final Damage damage;
  private JournalReader reader;
  private boolean careful;
  private long next;
  private int damaged;

  HostileEntries(Journal journal, Hostile hostile, long end, Damage damage) {
    this.journal = journal;
    this.hostile = hostile;
    this.end = end;
    this.damage = damage;
    this.reader = journal.select(hostile.selection());
  }

  Optional<JournalEntry> next() {
    while (next < end) {
      try {
        if (!reader.hasNext()) {
          return Optional.empty();
        }
        JournalEntry entry = reader.next();
        if (entry.sequence() >= end) {
          return Optional.empty();
        }
        next = entry.sequence() + 1;
        if (!hostile.why(entry).isEmpty()) {
          return Optional.of(entry);
        }
      } catch (JournalException e) {
        if (!stepOver(e)) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private boolean stepOver(JournalException problem) {
    if (careful) {
      damage.at(next, String.valueOf(problem.getMessage()));
      next++;
      if (++damaged == MAX_DAMAGED) {
        damage.at(next, "more than %d are damaged: the export ends here".formatted(MAX_DAMAGED));
        return false;
      }
    }
    careful = true;
    reader.close();
    reader = journal.read(next);
    return true;
  }

  @Override
  public void close() {
    reader.close();
  }
}
