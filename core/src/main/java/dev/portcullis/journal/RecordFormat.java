package dev.portcullis.journal;

import java.util.zip.CRC32C;

/** The frame around every record: length, CRC-32C, type, payload. */
final class RecordFormat {
  /** Length and checksum. */
  static final int FRAME_BYTES = 8;

  /** Longest type and payload; a longer one is refused, a longer length is damage. */
  static final int MAX_BODY_BYTES = 16 << 20;

  static final int EXCHANGE = 1;
  static final int GAP = 2;
  static final int KEY = 3;

  /** Exchanges that retention has removed: {@link Expiry}. */
  static final int EXPIRY = 4;

  private RecordFormat() {}

  /** Leaves room for the frame and writes the type; what is written next is the payload. */
  static int begin(ByteSink out, int type) {
    int start = out.length();
    out.putInt(0);
    out.putInt(0);
    out.put(type);
    return start;
  }

  /** Fills the frame in. Returns the length of type and payload. */
  static int end(ByteSink out, int start, CRC32C crc) {
    int body = start + FRAME_BYTES;
    int length = out.length() - body;
    out.setInt(start, length);
    out.setInt(start + Integer.BYTES, checksum(out.array(), body, length, crc));
    return length;
  }

  static int checksum(byte[] bytes, int from, int length, CRC32C crc) {
    crc.reset();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  static boolean isPlausible(int bodyLength) {
    return bodyLength >= 1 && bodyLength <= MAX_BODY_BYTES;
  }
}
