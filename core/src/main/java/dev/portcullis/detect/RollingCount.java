package dev.portcullis.detect;

import java.time.Duration;
import java.util.Arrays;

/** How many in the last window, exact to a thirtieth of it. */
final class RollingCount {
  private static final int SLOTS = 30;

  private final long slotMillis;
  private final int[] counts = new int[SLOTS];
  private long slot = Long.MIN_VALUE;

  RollingCount(Duration window) {
    slotMillis = Math.max(1, window.toMillis() / SLOTS);
  }

  void add(long now, int count) {
    advance(now);
    counts[(int) (slot % SLOTS)] += count;
  }

  int at(long now) {
    advance(now);
    return Arrays.stream(counts).sum();
  }

  private void advance(long now) {
    long current = Math.max(0, now / slotMillis);
    if (slot == Long.MIN_VALUE || current - slot >= SLOTS) {
      Arrays.fill(counts, 0);
      slot = current;
    }
    while (slot < current) {
      slot++;
      counts[(int) (slot % SLOTS)] = 0;
    }
  }
}
