package dev.portcullis.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds a client to a number of requests a second; what was missed is not made up for. Each thread
 * has its own, all share the stopping.
 */
final class Pace {
  private final long intervalNanos;
  private final CountDownLatch stopped;
  private long next = System.nanoTime();

  Pace(double perSecond, CountDownLatch stopped) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("a rate must be above 0, found " + perSecond);
    }
    this.intervalNanos = Math.max(1, (long) (TimeUnit.SECONDS.toNanos(1) / perSecond));
    this.stopped = stopped;
  }

  /** Waits for the next turn; false once stopped. */
  boolean await() {
    try {
      boolean over = stopped.await(next - System.nanoTime(), TimeUnit.NANOSECONDS);
      next = Math.max(next + intervalNanos, System.nanoTime());
      return !over;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
