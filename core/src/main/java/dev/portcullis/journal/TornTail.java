package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Tells an unfinished end from damage in the middle: after an unfinished end no intact record
 * follows. The length of a damaged record can't be trusted, so every byte may begin the next one.
 */
final class TornTail {
  /** The next record begins at most one record further. */
  private static final int SEARCHED_BYTES = 2 * RecordFormat.MAX_BODY_BYTES;

  /** Bytes to checksum before giving up; who gives up says damage, which loses nothing. */
  private static final long CHECKSUM_BUDGET = 1L << 30;

  private TornTail() {}

  static boolean recordFollows(SegmentFile file, long damaged) throws IOException {
    long rest = file.size() - damaged - 1;
    byte[] bytes = new byte[Math.clamp(rest, 0, SEARCHED_BYTES)];
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining() && file.read(buffer, damaged + 1 + buffer.position()) > 0) {}
    var crc = new CRC32C();
    long budget = CHECKSUM_BUDGET;
    for (int at = 0; at + RecordFormat.FRAME_BYTES < bytes.length; at++) {
      // lengths are below 2^25: a cheap test that nearly every wrong place fails
      int type = bytes[at + RecordFormat.FRAME_BYTES];
      if ((bytes[at] & 0xFE) != 0 || type < RecordFormat.EXCHANGE || type > RecordFormat.EXPIRY) {
        continue;
      }
      var frame = new ByteSource(bytes, at, RecordFormat.FRAME_BYTES);
      int length = frame.getInt();
      int checksum = frame.getInt();
      int body = at + RecordFormat.FRAME_BYTES;
      if (RecordFormat.isPlausible(length) && length <= bytes.length - body) {
        budget -= length;
        if (budget < 0 || RecordFormat.checksum(bytes, body, length, crc) == checksum) {
          return true;
        }
      }
    }
    return false;
  }
}
