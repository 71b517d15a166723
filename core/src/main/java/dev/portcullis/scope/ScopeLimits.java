package dev.portcullis.scope;

/**
 * Bounds of one determination: nothing grows with the journal. What exceeds a bound is counted and
 * named in {@link Scope#unknown()}.
 *
 * @param subjects distinct data subjects listed
 * @param otherSubjects distinct data subjects counted over all uses that are named but not counted
 * @param sightings distinct other sources and credentials followed
 * @param writes listed
 * @param named lines about other uses; the rest are summed up in one
 */
record ScopeLimits(int subjects, int otherSubjects, int sightings, int writes, int named) {
  static final ScopeLimits DEFAULT = new ScopeLimits(5_000_000, 1_000_000, 10_000, 100_000, 50);
}
