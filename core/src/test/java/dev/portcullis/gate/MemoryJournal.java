package dev.portcullis.gate;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalHealth;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A journal in memory: receipts from its own thread, failures and delays on demand. */
final class MemoryJournal implements Journal {
  private static final int OPEN = 1_000_000;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Semaphore mayAnswer = new Semaphore(OPEN);
  private final List<Exchange> exchanges = new ArrayList<>();
  private final List<Durability> durabilities = new ArrayList<>();
  private volatile Optional<String> losing = Optional.empty();
  private volatile Optional<String> failure = Optional.empty();
  private final Pseudonyms pseudonyms;
  private volatile int appended;

  MemoryJournal(Pseudonyms pseudonyms) {
    this.pseudonyms = pseudonyms;
  }

  /** From now on exchanges are lost, with that reason. */
  void lose(String reason) {
    losing = Optional.of(reason);
  }

  /** From now on the journal says that it can't record. */
  void fail(String reason) {
    failure = Optional.of(reason);
  }

  /** From now on no receipt is given. */
  void hold() {
    mayAnswer.acquireUninterruptibly(mayAnswer.availablePermits());
  }

  /** Receipts are given again. */
  void goOn() {
    mayAnswer.release(OPEN);
  }

  @Override
  public void append(Recording recording, Durability durability, Receipt receipt) {
    synchronized (this) {
      appended++;
    }
    thread.execute(() -> write(recording.exchange(pseudonyms), durability, receipt));
  }

  private void write(Exchange exchange, Durability durability, Receipt receipt) {
    mayAnswer.acquireUninterruptibly();
    if (losing.isPresent()) {
      receipt.lost(losing.get());
      return;
    }
    long sequence;
    synchronized (this) {
      sequence = exchanges.size();
      exchanges.add(exchange);
      durabilities.add(durability);
      notifyAll();
    }
    receipt.recorded(sequence);
  }

  /** How many were handed over, recorded or not. */
  int appended() {
    return appended;
  }

  synchronized List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  synchronized Exchange last() {
    return exchanges.getLast();
  }

  synchronized Durability lastDurability() {
    return durabilities.getLast();
  }

  synchronized void clear() {
    exchanges.clear();
  }

  @Override
  public synchronized long end() {
    return exchanges.size();
  }

  @Override
  public synchronized boolean awaitBeyond(long sequence, Duration timeout)
      throws InterruptedException {
    long until = System.nanoTime() + timeout.toNanos();
    while (exchanges.size() <= sequence) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  @Override
  public JournalReader read(long from) {
    List<Exchange> now = exchanges();
    return new JournalReader() {
      private final Iterator<Exchange> rest =
          now.subList((int) Math.min(from, now.size()), now.size()).iterator();
      private long next = from;

      @Override
      public boolean hasNext() {
        return rest.hasNext();
      }

      @Override
      public JournalEntry next() {
        return new JournalEntry(next++, rest.next());
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public JournalHealth health() {
    return new JournalHealth(failure, 0, 0);
  }

  @Override
  public void close() {
    mayAnswer.release(OPEN);
    thread.shutdown();
  }
}
