package dev.portcullis.respond;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of virtual threads, each with one incident at a time. Nothing waits in memory:
 * who is free asks the store whose turn it is.
 */
final class Workers implements AutoCloseable {
  /** How long {@link #close} waits for running steps, and then again for interrupted ones. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final int limit;
  private final IntFunction<List<String>> waiting;
  private final Consumer<String> work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Thread> running = new HashMap<>();
  private boolean closed;

  /**
   * @param waiting the first so many whose turn it is
   * @param work all that one has to do
   */
  Workers(int limit, IntFunction<List<String>> waiting, Consumer<String> work) {
    this.limit = limit;
    this.waiting = waiting;
    this.work = work;
  }

  /** Starts whoever waits, as far as there is room. */
  void pump() {
    lock.lock();
    try {
      if (closed || running.size() >= limit) {
        return;
      }
      Set<String> ready = new HashSet<>(running.keySet());
      // As many more as there are running ones, for those may stand first in the store.
      for (String incident : waiting.apply(2 * limit)) {
        if (running.size() < limit && ready.add(incident)) {
          running.put(
              incident, Thread.ofVirtual().name("respond-" + incident).start(() -> run(incident)));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void run(String incident) {
    boolean finished = false;
    try {
      work.accept(incident);
      finished = true;
    } catch (RuntimeException e) {
      LOG.error("The playbook of {} stands still until it is resumed", incident, e);
    } finally {
      lock.lock();
      try {
        running.remove(incident);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    // After an error nobody is started from here: it would fail the same way, at once, for ever.
    if (finished) {
      pumpQuietly();
    }
  }

  private void pumpQuietly() {
    try {
      pump();
    } catch (RuntimeException e) {
      LOG.error("Waiting playbooks stand still until they are resumed", e);
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until that one is not running and has nothing left to do.
   *
   * @return false when the time ran out
   */
  boolean awaitIdle(String incident, BooleanSupplier nothingLeft, Duration timeout)
      throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (running.containsKey(incident) || !nothingLeft.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (!awaitNobody()) {
        LOG.warn(
            "Steps of {} are broken off; they are done after the next start", running.keySet());
        running.values().forEach(Thread::interrupt);
        awaitNobody();
      }
    } catch (InterruptedException e) {
      running.values().forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitNobody() throws InterruptedException {
    long left = GRACE.toNanos();
    while (!running.isEmpty()) {
      if (left <= 0) {
        return false;
      }
      left = changed.awaitNanos(left);
    }
    return true;
  }
}
