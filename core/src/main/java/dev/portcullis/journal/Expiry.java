package dev.portcullis.journal;

import java.time.Instant;

/**
 * Exchanges of one segment that retention has removed; itself a record, written and signed before
 * they are removed, so that nobody can pass a deletion off as retention.
 *
 * @param at when it was decided, microseconds
 * @param rule by which, for people
 * @param segment sequence that its segment begins with
 * @param removed how many
 * @param ranges which records of the segment, from 0: {@link LeafRanges}
 */
record Expiry(Instant at, String rule, long segment, long removed, byte[] ranges) {
  private static final int VERSION = 1;

  byte[] encode() {
    var out = new ByteSink(64 + ranges.length);
    out.put(VERSION);
    out.putSigned(MicroTime.micros(at));
    out.putString(rule);
    out.putVarint(segment);
    out.putVarint(removed);
    out.putVarint(ranges.length);
    out.put(ranges, 0, ranges.length);
    return out.toBytes();
  }

  static Expiry decode(byte[] bytes, int from, int length) {
    var in = new ByteSource(bytes, from, length);
    int version = in.get();
    if (version != VERSION) {
      throw new JournalException(
          "A record of retention of version " + version + " (expected: " + VERSION + ")");
    }
    return new Expiry(
        MicroTime.instant(in.getSigned()),
        in.getString(),
        in.getVarint(),
        in.getVarint(),
        in.get(in.getCount()));
  }
}
