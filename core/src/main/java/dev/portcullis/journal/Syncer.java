package dev.portcullis.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes durable what the writer has written, beside it: an fsync takes milliseconds on many disks,
 * and the receipts for written exchanges must not wait for it. Signs checkpoints, since only a
 * durable tree may be signed.
 */
final class Syncer implements Runnable {
  /** An exchange written, whose receipt waits for the disk. */
  record Waiter(Append append, long sequence) {}

  private record Work(List<Waiter> waiters, Optional<TreeHead> head, boolean last) {}

  /** Longest wait for those who are about to wait too. */
  private static final long MAX_GATHER_NANOS = 1_000_000;

  private final SegmentStore store;
  private final AppendQueue queue;
  private final CheckpointFiles checkpoints;
  private final Receipts receipts;
  private final JournalMeters meters;
  private final long flushNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final CompletableFuture<Boolean> done = new CompletableFuture<>();
  private List<Waiter> waiters = new ArrayList<>();
  private Optional<TreeHead> head = Optional.empty();
  private boolean dirty;
  private boolean stopping;
  private long dirtySince;
  private volatile Optional<IOException> failure = Optional.empty();
  private volatile boolean writing;

  /** How long the last fsync took. */
  private long syncNanos;

  Syncer(
      SegmentStore store,
      AppendQueue queue,
      CheckpointFiles checkpoints,
      Receipts receipts,
      JournalMeters meters,
      Duration flushInterval) {
    this.store = store;
    this.queue = queue;
    this.checkpoints = checkpoints;
    this.receipts = receipts;
    this.meters = meters;
    this.flushNanos = Waiting.nanos(flushInterval);
  }

  /** The writer takes what waits for it; {@link #written} follows unless it fails. */
  void writing(boolean now) {
    writing = now;
  }

  /** The writer wrote a batch; some wait for the disk; a tree to sign, if one is due. */
  void written(List<Waiter> waiting, Optional<TreeHead> toSign) {
    lock.lock();
    try {
      waiters.addAll(waiting);
      toSign.ifPresent(_ -> head = toSign);
      writing = false;
      if (!dirty) {
        dirty = true;
        dirtySince = System.nanoTime();
        work.signal();
      } else if (!waiting.isEmpty() || toSign.isPresent()) {
        work.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Set from the first failed fsync until {@link #repaired}; until then nobody is told synced. */
  Optional<IOException> failure() {
    return failure;
  }

  void repaired() {
    failure = Optional.empty();
  }

  /** Finishes what waits; returns when it has. */
  void stop() {
    lock.lock();
    try {
      stopping = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    done.join();
  }

  @Override
  public void run() {
    try {
      Work next;
      do {
        next = take();
        sync(next);
      } while (!next.last());
    } finally {
      done.complete(true);
    }
  }

  private Work take() {
    lock.lock();
    try {
      while (!dirty && !stopping) {
        work.awaitUninterruptibly();
      }
      while (!stopping && waiters.isEmpty() && head.isEmpty()) {
        long left = dirtySince + flushNanos - System.nanoTime();
        if (left <= 0) {
          break;
        }
        try {
          work.awaitNanos(left);
        } catch (InterruptedException e) {
          // nobody interrupts this thread; if somebody does, it syncs early
          break;
        }
      }
      gather();
      var taken = new Work(waiters, head, stopping);
      waiters = new ArrayList<>();
      head = Optional.empty();
      dirty = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whoever was told by the last fsync asks again at once, and is written while this thread is
   * about to sync for the first of them: half an fsync's time spent on letting them in saves them a
   * whole one.
   */
  private void gather() {
    if (waiters.isEmpty()) {
      return;
    }
    long until = System.nanoTime() + Math.min(MAX_GATHER_NANOS, syncNanos / 2);
    while (!stopping && (writing || !queue.isEmpty())) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return;
      }
      try {
        work.awaitNanos(left);
      } catch (InterruptedException e) {
        // as above: early, never late
        return;
      }
    }
  }

  private void sync(Work next) {
    Optional<IOException> trouble = failure;
    if (trouble.isEmpty()) {
      try {
        long start = System.nanoTime();
        store.force();
        syncNanos = System.nanoTime() - start;
        meters.fsync(syncNanos);
      } catch (IOException e) {
        trouble = Optional.of(e);
        failure = trouble;
      }
    }
    if (trouble.isPresent()) {
      String reason = DiskTrouble.reason(trouble.get());
      next.waiters().forEach(waiter -> receipts.lost(waiter.append(), reason, "not-synced"));
      return;
    }
    next.waiters().forEach(waiter -> receipts.recorded(waiter.append(), waiter.sequence()));
    next.head().ifPresent(checkpoints::sign);
  }
}
