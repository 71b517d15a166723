package dev.portcullis.detect;

import java.util.LinkedHashMap;

/** Fingerprints that were seen, the most recent {@link #CAPACITY}. */
final class Known {
  static final int CAPACITY = 1_024;

  private final LinkedHashMap<Long, Boolean> seen = new LinkedHashMap<>(16, 0.75f, true);

  /** Whether it was not known; now it is. */
  boolean add(long fingerprint) {
    boolean fresh = seen.put(fingerprint, true) == null;
    if (seen.size() > CAPACITY) {
      seen.pollFirstEntry();
    }
    return fresh;
  }

  int size() {
    return seen.size();
  }
}
