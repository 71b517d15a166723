package dev.portcullis.scope.testing;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalHealth;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.Recording;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in memory, with the damages that a real one can have. */
public final class MemoryJournal implements Journal {
  private final CopyOnWriteArrayList<JournalEntry> entries = new CopyOnWriteArrayList<>();
  private long next;
  private long lost;
  private long damagedFrom = Long.MAX_VALUE;

  /** Appends one exchange. */
  public MemoryJournal add(Exchange exchange) {
    entries.add(new JournalEntry(next++, exchange));
    return this;
  }

  /** Appends all of them at once. */
  public MemoryJournal addAll(List<Exchange> exchanges) {
    entries.addAll(exchanges.stream().map(each -> new JournalEntry(next++, each)).toList());
    return this;
  }

  /** Leaves a hole of so many sequences. */
  public MemoryJournal skip(long count) {
    next += count;
    return this;
  }

  /** Loses so many exchanges. */
  public MemoryJournal lose(long count) {
    lost += count;
    return this;
  }

  /** Cannot be read from that sequence on. */
  public MemoryJournal damageFrom(long sequence) {
    damagedFrom = sequence;
    return this;
  }

  @Override
  public void append(Recording recording, Durability durability, Receipt receipt) {
    add((Exchange) recording);
    receipt.recorded(next - 1);
  }

  @Override
  public long end() {
    return next;
  }

  @Override
  public boolean awaitBeyond(long sequence, Duration timeout) {
    return next > sequence;
  }

  @Override
  public JournalReader read(long from) {
    Iterator<JournalEntry> all =
        entries.stream().filter(entry -> entry.sequence() >= from).iterator();
    return new JournalReader() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public JournalEntry next() {
        JournalEntry entry = all.next();
        if (entry.sequence() >= damagedFrom) {
          throw new JournalException("segment 0 is damaged");
        }
        return entry;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public JournalHealth health() {
    return new JournalHealth(Optional.empty(), lost, 0);
  }

  @Override
  public void close() {}
}
