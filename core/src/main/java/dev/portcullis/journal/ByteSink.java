package dev.portcullis.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with the format's primitives. Big-endian. Not thread-safe. */
final class ByteSink {
  private byte[] bytes;
  private int length;

  ByteSink(int capacity) {
    bytes = new byte[capacity];
  }

  /** What holds the bytes; valid until the next write. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Forgets what was written from there on. */
  void cutTo(int newLength) {
    length = newLength;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  void put(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  void put(byte[] source, int from, int count) {
    ensure(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  void putInt(int value) {
    ensure(Integer.BYTES);
    length += Integer.BYTES;
    setInt(length - Integer.BYTES, value);
  }

  void putLong(long value) {
    putInt((int) (value >>> 32));
    putInt((int) value);
  }

  /** Overwrites four bytes. */
  void setInt(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  /** Seven bits a byte, least significant first, the top bit says that more follow. */
  void putVarint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Zigzag: small numbers of either sign stay short. */
  void putSigned(long value) {
    putVarint((value << 1) ^ (value >> 63));
  }

  /** Count of bytes, then UTF-8. */
  void putString(String text) {
    int chars = text.length();
    ensure(chars + 10);
    int start = length;
    putVarint(chars);
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        length = start;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarint(utf8.length);
        put(utf8, 0, utf8.length);
        return;
      }
      bytes[length++] = (byte) c;
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
    }
  }
}
