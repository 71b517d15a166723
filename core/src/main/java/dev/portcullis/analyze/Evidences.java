package dev.portcullis.analyze;

/**
 * Evidence names lines: a sequence holds the file's number in its upper bits and the line in its
 * lower ones, so that nothing has to be remembered to find a line again.
 */
final class Evidences {
  private static final int LINE_BITS = 40;

  private Evidences() {}

  /** Of a line, from 0. */
  static long sequence(int file, long line) {
    return (long) file << LINE_BITS | line;
  }

  static int file(long sequence) {
    return (int) (sequence >>> LINE_BITS);
  }

  /** From 1, as editors count. */
  static long line(long sequence) {
    return (sequence & (1L << LINE_BITS) - 1) + 1;
  }
}
