package dev.portcullis.replay;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalHealth;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journal that is read back at once. */
final class MemoryJournal implements Journal {
  private final List<Exchange> exchanges = new ArrayList<>();

  synchronized void append(Exchange exchange) {
    exchanges.add(exchange);
    notifyAll();
  }

  synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  @Override
  public void append(Recording recording, Durability durability, Receipt receipt) {
    append((Exchange) recording);
    receipt.recorded(end() - 1);
  }

  @Override
  public synchronized long end() {
    return exchanges.size();
  }

  @Override
  public synchronized boolean awaitBeyond(long sequence, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (exchanges.size() <= sequence && System.nanoTime() < deadline) {
      wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
    return exchanges.size() > sequence;
  }

  @Override
  public JournalReader read(long from) {
    List<Exchange> now = exchanges();
    return new JournalReader() {
      private int next = (int) from;

      @Override
      public boolean hasNext() {
        return next < now.size();
      }

      @Override
      public JournalEntry next() {
        return new JournalEntry(next, now.get(next++));
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
