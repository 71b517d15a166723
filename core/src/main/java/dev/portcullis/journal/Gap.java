package dev.portcullis.journal;

import java.time.Instant;

/**
 * Exchanges that could not be recorded; itself a record, so that a loss is part of the evidence.
 *
 * @param lost how many
 * @param from time of the earliest of them, microseconds
 * @param to time of the latest
 * @param reason {@code journal-full}, {@code disk-full}, {@code disk-error}, {@code unrecordable}
 *     (too large); {@code not-synced}: they are recorded, but whoever waited for the disk was told
 *     they aren't
 */
public record Gap(long lost, Instant from, Instant to, String reason) {
  private static final int VERSION = 1;

  Gap and(Gap other) {
    return new Gap(
        lost + other.lost,
        from.isBefore(other.from) ? from : other.from,
        to.isAfter(other.to) ? to : other.to,
        reason);
  }

  void encode(ByteSink out) {
    out.put(VERSION);
    out.putVarint(lost);
    out.putSigned(MicroTime.micros(from));
    out.putSigned(MicroTime.micros(to));
    out.putString(reason);
  }

  static Gap decode(byte[] bytes, int from, int length) {
    var in = new ByteSource(bytes, from, length);
    int version = in.get();
    if (version != VERSION) {
      throw new JournalException("A gap of version " + version + " (expected: " + VERSION + ")");
    }
    return new Gap(
        in.getVarint(),
        MicroTime.instant(in.getSigned()),
        MicroTime.instant(in.getSigned()),
        in.getString());
  }
}
