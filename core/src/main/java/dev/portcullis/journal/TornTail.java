package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Tells an unfinished end from damage with more behind it: after an unfinished end no intact record
 * follows. The length of a damaged record can't be trusted, so every byte may begin the next one.
 */
final class TornTail {
  /** The reason of a gap whose records a power cut damaged. */
  static final String REASON = "torn";

  /** The next record begins at most one record further. */
  private static final int SEARCHED_BYTES = 2 * RecordFormat.MAX_BODY_BYTES;

  /** Bytes to checksum before giving up. */
  private static final long CHECKSUM_BUDGET = 1L << 30;

  private final CRC32C crc = new CRC32C();
  private final byte[] bytes;
  private long budget = CHECKSUM_BUDGET;
  private Optional<Gap> gap = Optional.empty();

  private TornTail(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * What is lost where the file is cut at the damage: the damaged exchange, and those intact behind
   * it, at the times that they tell. Empty if none follows. Counted are those in the next 32 MiB.
   */
  static Optional<Gap> following(SegmentFile file, long damaged) throws IOException {
    long rest = file.size() - damaged - 1;
    byte[] bytes = new byte[Math.clamp(rest, 0, SEARCHED_BYTES)];
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && file.read(buffer, damaged + 1 + buffer.position()) > 0) {}
    return new TornTail(bytes).search();
  }

  private Optional<Gap> search() {
    int at = 0;
    while (at + RecordFormat.FRAME_BYTES < bytes.length && budget >= 0) {
      int length = recordAt(at);
      if (length < 0) {
        at++;
      } else {
        int body = at + RecordFormat.FRAME_BYTES;
        take(body, length);
        at = body + length;
      }
    }
    return gap;
  }

  /** Length of type and payload of the intact record there; -1 if there is none. */
  private int recordAt(int at) {
    // lengths are below 2^25: a cheap test that nearly every wrong place fails
    int type = bytes[at + RecordFormat.FRAME_BYTES];
    if ((bytes[at] & 0xFE) != 0 || type < RecordFormat.EXCHANGE || type > RecordFormat.EXPIRY) {
      return -1;
    }
    var frame = new ByteSource(bytes, at, RecordFormat.FRAME_BYTES);
    int length = frame.getInt();
    int checksum = frame.getInt();
    int body = at + RecordFormat.FRAME_BYTES;
    if (!RecordFormat.isPlausible(length) || length > bytes.length - body) {
      return -1;
    }
    budget -= length;
    return RecordFormat.checksum(bytes, body, length, crc) == checksum ? length : -1;
  }

  private void take(int body, int length) {
    try {
      if (bytes[body] == RecordFormat.EXCHANGE) {
        Instant at = ExchangeCodec.decode(bytes, body + 1, length - 1).at();
        // the damaged one before the first counts too
        var lost = new Gap(gap.isEmpty() ? 2 : 1, at, at, REASON);
        gap = Optional.of(gap.map(before -> before.and(lost)).orElse(lost));
      } else if (bytes[body] == RecordFormat.GAP) {
        Gap cut = Gap.decode(bytes, body + 1, length - 1);
        var lost = new Gap(cut.lost() + (gap.isEmpty() ? 1 : 0), cut.from(), cut.to(), REASON);
        gap = Optional.of(gap.map(before -> before.and(lost)).orElse(lost));
      }
    } catch (JournalException unreadable) {
      // its checksum is right and its form is not ours: nothing can be said about it
    }
  }
}
