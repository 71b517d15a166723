package dev.portcullis.analyze;

import java.util.HashSet;
import java.util.Set;

/**
 * How many distinct ones. Exact up to {@link #CAPACITY}; beyond, only hashes that end in a number of
 * zero bits are kept and stand for the others (adaptive sampling, Wegman 1984), which errs by some
 * 3 %. Not thread-safe.
 */
final class DistinctObjects {
  static final int CAPACITY = 2_048;

  private final Set<Long> kept = new HashSet<>(4);
  private int dropped;

  void add(String object) {
    long hash = object.hashCode() * 0x9e3779b97f4a7c15L;
    for (int i = 0; i < object.length(); i++) {
      hash = (hash ^ object.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    if ((hash & (1L << dropped) - 1) != 0) {
      return;
    }
    kept.add(hash);
    while (kept.size() > CAPACITY) {
      dropped++;
      long mask = (1L << dropped) - 1;
      kept.removeIf(hashed -> (hashed & mask) != 0);
    }
  }

  long count() {
    return (long) kept.size() << dropped;
  }

  boolean isExact() {
    return dropped == 0;
  }
}
