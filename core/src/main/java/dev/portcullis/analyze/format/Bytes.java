package dev.portcullis.analyze.format;

/** Looking at bytes. */
final class Bytes {
  private Bytes() {}

  /** Where the byte is first, or -1. */
  static int indexOf(byte[] text, byte wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the ASCII text stands there. */
  static boolean startsWith(byte[] text, int from, int to, String ascii) {
    if (to - from < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (text[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where the ASCII text first is, or -1. */
  static int indexOf(byte[] text, String ascii, int from, int to) {
    for (int i = from; i <= to - ascii.length(); i++) {
      if (text[i] == ascii.charAt(0) && startsWith(text, i, to, ascii)) {
        return i;
      }
    }
    return -1;
  }

  /** A number without sign, all of it; -1 if it is none or beyond 18 digits. */
  static long number(byte[] text, int from, int to) {
    if (from >= to || to - from > 18) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /** The quotation mark that ends what began before {@code from}; -1 if none does. */
  static int closingQuote(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = text[i];
      if (next == '"') {
        return i;
      }
      if (next == '\\') {
        i++;
      }
    }
    return -1;
  }

  static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }
}
