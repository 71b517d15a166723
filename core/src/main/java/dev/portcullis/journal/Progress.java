package dev.portcullis.journal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How far the journal is written, and who waits for more. */
final class Progress {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final AtomicInteger waiters = new AtomicInteger();
  private volatile long end;
  private volatile boolean closed;

  Progress(long end) {
    this.end = end;
  }

  long end() {
    return end;
  }

  /** By the writer alone. Takes the lock only when somebody waits. */
  void advance(long newEnd) {
    end = newEnd;
    if (waiters.get() > 0) {
      signal();
    }
  }

  /** Nobody waits in vain for what will not come. */
  void close() {
    closed = true;
    signal();
  }

  boolean awaitBeyond(long sequence, Duration timeout) throws InterruptedException {
    if (end > sequence) {
      return true;
    }
    lock.lockInterruptibly();
    waiters.incrementAndGet();
    try {
      long left = Waiting.nanos(timeout);
      while (end <= sequence && !closed && left > 0) {
        left = grown.awaitNanos(left);
      }
      return end > sequence;
    } finally {
      waiters.decrementAndGet();
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
