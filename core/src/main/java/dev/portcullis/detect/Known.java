package dev.portcullis.detect;

import java.util.LinkedHashMap;

/** Fingerprints that were seen, the most recent {@link #CAPACITY} unless told otherwise. */
final class Known {
  static final int CAPACITY = 1_024;

  private final LinkedHashMap<Long, Boolean> seen = new LinkedHashMap<>(16, 0.75f, true);
  private final int capacity;

  Known() {
    this(CAPACITY);
  }

  Known(int capacity) {
    this.capacity = capacity;
  }

  /** Whether it was not known; now it is. */
  boolean add(long fingerprint) {
    boolean fresh = seen.put(fingerprint, true) == null;
    if (seen.size() > capacity) {
      seen.pollFirstEntry();
    }
    return fresh;
  }

  /** Whether it is known; if not, it stays so. */
  boolean contains(long fingerprint) {
    return seen.containsKey(fingerprint);
  }

  int size() {
    return seen.size();
  }
}
