package dev.portcullis.journal;

/** IPv4 addresses in their one dotted spelling, as four bytes. */
final class Ipv4Text {
  private static final int PARTS = 4;

  private Ipv4Text() {}

  /**
   * The address as an unsigned 32-bit number; -1 for anything that would not read back the same.
   */
  static long parse(String text) {
    long address = 0;
    int at = 0;
    for (int part = 0; part < PARTS; part++) {
      int start = at;
      int value = 0;
      while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
      }
      boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
      boolean dot = part == PARTS - 1 || (at < text.length() && text.charAt(at++) == '.');
      if (at == start || leadingZero || value > 255 || !dot || !isDigit(text.charAt(start))) {
        return -1;
      }
      address = (address << 8) | value;
    }
    return at == text.length() ? address : -1;
  }

  static String format(int address) {
    return ((address >>> 24) & 0xFF)
        + "."
        + ((address >>> 16) & 0xFF)
        + "."
        + ((address >>> 8) & 0xFF)
        + "."
        + (address & 0xFF);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
