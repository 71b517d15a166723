package dev.portcullis.gate.propose;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Counts of the values at one path, by kind. Never holds a value. */
final class PathCounts {
  /** Share of the values that must be of a kind for it to be proposed. */
  private static final double SHARE = 0.8;

  /** Different values, at least, before anything is proposed. */
  private static final int LEAST = 3;

  /** The same where one number in ten passes the check by chance and no name hints at it. */
  private static final int LEAST_OF_WEAK = 12;

  private static final Pattern SUBJECT =
      Pattern.compile(
          "(patient|customer|user|person|member|client|employee|student|citizen|subject|holder"
              + "|subscriber|guest|passenger|insured|owner)[_-]?(id|no|nr|number|key|uuid)");

  private final String name;
  private final long[] matching = new long[Kind.values().length];
  private long values;
  // One bit for each of 64 classes of values: enough to tell one value from many.
  private long different;

  /**
   * @param name of the member that leads here
   */
  PathCounts(String name) {
    this.name = name.toLowerCase(Locale.ROOT);
  }

  void add(String value, long salt) {
    values++;
    long mixed = (value.hashCode() ^ salt) * 0x9e3779b97f4a7c15L;
    different |= 1L << (mixed >>> 58);
    for (Kind kind : Kind.values()) {
      if (kind.recognises(name, value)) {
        matching[kind.ordinal()]++;
      }
    }
  }

  long values() {
    return values;
  }

  long matching(Kind kind) {
    return matching[kind.ordinal()];
  }

  /** What the values are, if most are of one kind; the first in the order of {@link Kind}. */
  Optional<Kind> kind() {
    for (Kind kind : Kind.values()) {
      int least = kind.isWeak() && !kind.isHinted(name) ? LEAST_OF_WEAK : LEAST;
      if (Long.bitCount(different) >= least && matching(kind) >= SHARE * values) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** Whether the values seem to name whom the response is about. */
  boolean isSubject() {
    return SUBJECT.matcher(name).matches() || kind().filter(Kind::isNationalId).isPresent();
  }
}
