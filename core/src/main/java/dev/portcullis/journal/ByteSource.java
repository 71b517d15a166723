package dev.portcullis.journal;

import java.nio.charset.StandardCharsets;

/** Reads the format's primitives; throws {@link JournalException} and nothing else. */
final class ByteSource {
  private final byte[] bytes;
  private final int end;
  private int at;

  ByteSource(byte[] bytes, int from, int length) {
    this.bytes = bytes;
    this.at = from;
    this.end = from + length;
  }

  int remaining() {
    return end - at;
  }

  int get() {
    need(1);
    return bytes[at++] & 0xFF;
  }

  byte[] get(int count) {
    need(count);
    byte[] taken = new byte[count];
    System.arraycopy(bytes, at, taken, 0, count);
    at += count;
    return taken;
  }

  int getInt() {
    need(Integer.BYTES);
    int value =
        ((bytes[at] & 0xFF) << 24)
            | ((bytes[at + 1] & 0xFF) << 16)
            | ((bytes[at + 2] & 0xFF) << 8)
            | (bytes[at + 3] & 0xFF);
    at += Integer.BYTES;
    return value;
  }

  long getLong() {
    long high = getInt();
    return (high << 32) | (getInt() & 0xFFFFFFFFL);
  }

  long getVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = get();
      value |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new JournalException("A number of more than 10 bytes (expected: at most 10)");
  }

  long getSigned() {
    long value = getVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  int getSignedInt() {
    long value = getSigned();
    if (value != (int) value) {
      throw new JournalException("The number " + value + " (expected: one of 32 bits)");
    }
    return (int) value;
  }

  /**
   * How many elements follow; each takes at least one byte, so that no count can ask for more
   * memory than the record is long.
   */
  int getCount() {
    long count = getVarint();
    if (count < 0 || count > remaining()) {
      throw new JournalException(
          "A count of " + count + " with " + remaining() + " bytes left (expected: no more)");
    }
    return (int) count;
  }

  String getString() {
    int count = getCount();
    String text = new String(bytes, at, count, StandardCharsets.UTF_8);
    at += count;
    return text;
  }

  private void need(int count) {
    if (remaining() < count) {
      throw new JournalException(
          "The record ends after " + remaining() + " more bytes (expected: " + count + ")");
    }
  }
}
