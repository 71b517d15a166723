package dev.portcullis.analyze.format;

import java.nio.charset.StandardCharsets;

/** A part of a byte array, reused for line after line. Empty where the log says nothing. */
public final class Slice {
  private static final byte[] NOTHING = new byte[0];

  private byte[] array = NOTHING;
  private int from;
  private int to;

  /** Makes it that part; a lone {@code -} means nothing, as all these logs have it. */
  void set(byte[] array, int from, int to) {
    boolean dash = to - from == 1 && array[from] == '-';
    this.array = array;
    this.from = from;
    this.to = dash ? from : Math.max(from, to);
  }

  void clear() {
    array = NOTHING;
    from = 0;
    to = 0;
  }

  /** The array it is a part of. */
  public byte[] array() {
    return array;
  }

  /** Where it begins. */
  public int from() {
    return from;
  }

  /** Before which it ends. */
  public int to() {
    return to;
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return from == to;
  }

  /** Its length in bytes. */
  public int length() {
    return to - from;
  }

  /** The byte at that place, from 0. */
  public byte at(int index) {
    return array[from + index];
  }

  /** As text: UTF-8 where it is that, with replacements where it is not. */
  public String text() {
    return new String(array, from, to - from, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Slice[" + length() + " bytes]";
  }
}
