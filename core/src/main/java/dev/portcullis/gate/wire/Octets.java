package dev.portcullis.gate.wire;

import java.nio.charset.StandardCharsets;

/** Classes of octets (RFC 9110 §5.6.2, RFC 3986 §2), as tables: the request path asks per byte. */
final class Octets {
  private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~", true);
  private static final boolean[] UNRESERVED = table("-._~", true);
  // pchar without ';': whether a path parameter belongs to the segment is read differently.
  private static final boolean[] SEGMENT = table("-._~!$&'()*+,=:@", true);
  private static final boolean[] HOST = table("-._~:[]", true);

  private Octets() {}

  private static boolean[] table(String marks, boolean alphanumeric) {
    var table = new boolean[256];
    for (int c = 0; c < 128; c++) {
      table[c] =
          marks.indexOf(c) >= 0
              || (alphanumeric
                  && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')));
    }
    return table;
  }

  static boolean isToken(int octet) {
    return TOKEN[octet & 0xff];
  }

  static boolean isUnreserved(int octet) {
    return UNRESERVED[octet & 0xff];
  }

  static boolean isSegment(int octet) {
    return octet < 128 && SEGMENT[octet & 0xff];
  }

  static boolean isHost(int octet) {
    return octet < 128 && HOST[octet & 0xff];
  }

  /** field-vchar, SP, HTAB, obs-text: no other control character. */
  static boolean isFieldValue(int octet) {
    int c = octet & 0xff;
    return c >= 0x20 ? c != 0x7f : c == '\t';
  }

  /** Value of a hexadecimal digit; -1 if it is none. */
  static int hex(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  static String latin(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
