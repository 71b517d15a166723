package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Walks the records of one file in order, through a buffer. Not thread-safe. */
final class RecordScanner {
  /** What was met. */
  enum State {
    /** A record; whether its checksum is right is to be asked. */
    RECORD,
    /** The file ends where a record ended. */
    END,
    /** The file ends inside a record. */
    CUT,
    /** No record has such a length. */
    BROKEN
  }

  private static final int BUFFER_BYTES = 256 << 10;

  private final SegmentFile file;
  private final CRC32C crc = new CRC32C();
  private byte[] buffer = new byte[BUFFER_BYTES];
  private long bufferOffset;
  private int buffered;
  private long offset;
  private long next;
  private int body;
  private int bodyLength;
  private int checksum;

  RecordScanner(SegmentFile file, long from) {
    this.file = file;
    this.bufferOffset = from;
    this.next = from;
  }

  State next() throws IOException {
    offset = next;
    if (!fill(RecordFormat.FRAME_BYTES)) {
      return available() == 0 ? State.END : State.CUT;
    }
    var frame = new ByteSource(buffer, start(), RecordFormat.FRAME_BYTES);
    bodyLength = frame.getInt();
    checksum = frame.getInt();
    if (!RecordFormat.isPlausible(bodyLength)) {
      return State.BROKEN;
    }
    if (!fill(RecordFormat.FRAME_BYTES + bodyLength)) {
      return State.CUT;
    }
    body = start() + RecordFormat.FRAME_BYTES;
    next = offset + RecordFormat.FRAME_BYTES + bodyLength;
    return State.RECORD;
  }

  /** Where the record met begins. */
  long offset() {
    return offset;
  }

  boolean isChecksumRight() {
    return RecordFormat.checksum(buffer, body, bodyLength, crc) == checksum;
  }

  int type() {
    return buffer[body] & 0xFF;
  }

  /** Holds the record; valid until the next call. */
  byte[] bytes() {
    return buffer;
  }

  /** Where type and payload begin in it. */
  int body() {
    return body;
  }

  /** Length of type and payload. */
  int bodyLength() {
    return bodyLength;
  }

  private int start() {
    return (int) (offset - bufferOffset);
  }

  private int available() {
    return buffered - start();
  }

  /** Whether that many bytes from the record's begin on are in the buffer. */
  private boolean fill(int bytes) throws IOException {
    if (available() >= bytes) {
      return true;
    }
    int kept = available();
    int from = start();
    bufferOffset = offset;
    if (bytes > buffer.length) {
      buffer = Arrays.copyOfRange(buffer, from, from + Math.max(bytes, 2 * buffer.length));
    } else {
      System.arraycopy(buffer, from, buffer, 0, kept);
    }
    buffered = kept;
    while (buffered < bytes) {
      int read =
          file.read(
              ByteBuffer.wrap(buffer, buffered, buffer.length - buffered), bufferOffset + buffered);
      if (read <= 0) {
        return false;
      }
      buffered += read;
    }
    return true;
  }
}
