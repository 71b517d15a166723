package dev.portcullis.scope;

/** What is left of the limits, shared by all tallies of a determination. */
final class Room {
  private final ScopeLimits limits;
  private long subjects;
  private long others;
  private long writes;
  private boolean othersExceeded;

  Room(ScopeLimits limits) {
    this.limits = limits;
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
