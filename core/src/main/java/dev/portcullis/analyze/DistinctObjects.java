package dev.portcullis.analyze;

/**
 * How many distinct hashes. Exact up to {@link #CAPACITY}; beyond, only those that end in a number
 * of zero bits are kept and stand for the others (adaptive sampling, Wegman 1984), which errs by
 * some 3 %. Not thread-safe.
 */
final class DistinctObjects {
  static final int CAPACITY = 4_096;

  /** An open-addressed set; 0 is a free place, and a hash of 0 is taken for 1. */
  private long[] table = new long[4];

  private int size;
  private int dropped;

  void add(long hashed) {
    long hash = hashed == 0 ? 1 : hashed;
    if ((hash & (1L << dropped) - 1) != 0 || !put(table, hash)) {
      return;
    }
    size++;
    while (size > CAPACITY) {
      dropped++;
      rebuild(table.length);
    }
    if (2 * size > table.length) {
      rebuild(2 * table.length);
    }
  }

  private void rebuild(int length) {
    long mask = (1L << dropped) - 1;
    long[] next = new long[length];
    size = 0;
    for (long hash : table) {
      if (hash != 0 && (hash & mask) == 0 && put(next, hash)) {
        size++;
      }
    }
    table = next;
  }

  private static boolean put(long[] table, long hash) {
    // The low bits are alike once some were dropped: the high ones choose the place.
    int at = (int) (hash >>> 32) & table.length - 1;
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) & table.length - 1;
    }
    table[at] = hash;
    return true;
  }

  long count() {
    return (long) size << dropped;
  }

  boolean isExact() {
    return dropped == 0;
  }
}
