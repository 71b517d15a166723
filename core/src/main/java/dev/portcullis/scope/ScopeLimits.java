package dev.portcullis.scope;

/**
 * Bounds of one determination: nothing grows with the journal. What exceeds a bound is counted and
 * named in {@link Scope#unknown()}.
 *
 * @param subjects distinct data subjects listed; one that was reached by two clients counts twice
 * @param otherSubjects distinct data subjects counted over all uses that are named but not counted
 * @param sightings distinct other uses followed
 * @param writes listed
 * @param named lines about other uses; the rest are summed up in one
 */
record ScopeLimits(int subjects, int otherSubjects, int sightings, int writes, int named) {
  static final ScopeLimits DEFAULT = new ScopeLimits(5_000_000, 1_000_000, 50_000, 100_000, 50);

  /** Names of one kind by which neighbours are looked for. */
  static final int NAMES = 20_000;

  /** Principals after which a client's software is too common to tie anybody to anything. */
  static final int SHARERS = 256;

  /** TLS fingerprints of hostile uses by which neighbours are looked for. */
  static final int FINGERPRINTS = 64;

  /** Edges of one kind that are proposed one by one; more are proposed together. */
  static final int SINGLE_EDGES = 25;

  /** Terms of one edge. */
  static final int TERMS = 1_000;
}
