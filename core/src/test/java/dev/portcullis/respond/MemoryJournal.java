package dev.portcullis.respond;

import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalHealth;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.Recording;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A journal in memory that counts what is read of it and can be damaged. */
final class MemoryJournal implements Journal {
  private final List<Exchange> exchanges = new ArrayList<>();
  private long entriesRead;
  private boolean damaged;

  synchronized void damage() {
    damaged = true;
  }

  synchronized long entriesRead() {
    return entriesRead;
  }

  /** An answered exchange. */
  synchronized void served(
      Instant at, String credential, String account, String source, String route, String method) {
    exchanges.add(
        new Exchange(
            at,
            Duration.ofMillis(1),
            Optional.of(route),
            Optional.of(credential).filter(name -> !name.isEmpty()),
            Optional.of(account).filter(name -> !name.isEmpty()),
            Optional.empty(),
            source,
            Client.UNKNOWN,
            method,
            "/v1/" + route,
            200,
            0,
            0,
            new Outcome.Forwarded(),
            List.of(),
            Carried.of(Set.of(), List.of(), Observation.COMPLETE),
            Carried.NOTHING));
  }

  @Override
  public synchronized void append(Recording recording, Durability durability, Receipt receipt) {
    exchanges.add((Exchange) recording);
    receipt.recorded(exchanges.size() - 1L);
  }

  @Override
  public synchronized long end() {
    return exchanges.size();
  }

  @Override
  public synchronized boolean awaitBeyond(long sequence, Duration timeout) {
    return exchanges.size() > sequence;
  }

  @Override
  public synchronized JournalReader read(long from) {
    if (damaged) {
      throw new JournalException("segment 0 is damaged at byte 17");
    }
    Iterator<Exchange> rest =
        List.copyOf(exchanges.subList((int) from, exchanges.size())).iterator();
    return new JournalReader() {
      private long next = from;

      @Override
      public boolean hasNext() {
        return rest.hasNext();
      }

      @Override
      public JournalEntry next() {
        synchronized (MemoryJournal.this) {
          entriesRead++;
        }
        return new JournalEntry(next++, rest.next());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public JournalHealth health() {
    return new JournalHealth(Optional.empty(), 0, 0);
  }

  @Override
  public void close() {}
}
