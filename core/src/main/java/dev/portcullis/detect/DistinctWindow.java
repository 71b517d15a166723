package dev.portcullis.detect;

import java.time.Duration;
import java.util.LinkedHashMap;

/**
 * How many distinct ones in the last window. Exact up to {@link #CAPACITY}; beyond, only
 * fingerprints that end in a number of zero bits are kept and stand for the others (adaptive
 * sampling, Wegman 1984), which errs by some 3 %.
 */
final class DistinctWindow {
  static final int CAPACITY = 2_048;

  private final long windowMillis;

  /** Fingerprint to when it was last seen, oldest first. */
  private final LinkedHashMap<Long, Long> seen = new LinkedHashMap<>(16, 0.75f, true);

  private int dropped;

  DistinctWindow(Duration window) {
    windowMillis = window.toMillis();
  }

  /**
   * It was seen.
   *
   * @return whether it was not, in this window, before
   */
  boolean add(long now, long fingerprint) {
    expire(now);
    if ((fingerprint & (1L << dropped) - 1) != 0) {
      return false;
    }
    boolean fresh = seen.put(fingerprint, now) == null;
    while (seen.size() > CAPACITY) {
      dropped++;
      long mask = (1L << dropped) - 1;
      seen.keySet().removeIf(kept -> (kept & mask) != 0);
    }
    return fresh;
  }

  long at(long now) {
    expire(now);
    return (long) seen.size() << dropped;
  }

  int size() {
    return seen.size();
  }

  private void expire(long now) {
    while (!seen.isEmpty() && seen.firstEntry().getValue() <= now - windowMillis) {
      seen.pollFirstEntry();
    }
    if (seen.isEmpty()) {
      dropped = 0;
    }
  }
}
