package dev.portcullis.scope;

import java.time.Duration;
import java.time.Instant;

/** What all tallies of a determination share: what is left of the limits, and the scale of time. */
final class Room {
  /** In a journal that is younger than four hours, a quarter of its age. */
  private static final Duration SETTLED = Duration.ofHours(1);

  private final ScopeLimits limits;
  private final Instant begin;
  private long subjects;
  private long others;
  private long writes;
  private boolean othersExceeded;

  /**
   * @param begin of the journal
   */
  Room(ScopeLimits limits, Instant begin) {
    this.limits = limits;
    this.begin = begin;
  }

  /** How long before that moment somebody must have been there to have a history. */
  Duration lead(Instant moment) {
    Duration quarter = Duration.between(begin, moment).dividedBy(4);
    return quarter.compareTo(SETTLED) < 0 ? quarter : SETTLED;
  }

  boolean takesSubject(boolean counted) {
    if (counted) {
      return subjects < limits.subjects() && ++subjects > 0;
    }
    boolean room = others < limits.otherSubjects();
    others += room ? 1 : 0;
    othersExceeded |= !room;
    return room;
  }

  boolean takesWrite() {
    return writes < limits.writes() && ++writes > 0;
  }

  /** Whether subjects of uses that are not counted were left out. */
  boolean othersExceeded() {
    return othersExceeded;
  }

  ScopeLimits limits() {
    return limits;
  }
}
