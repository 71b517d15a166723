package dev.portcullis.analyze.format;

import java.util.Arrays;

/** Undoes the escapes of nginx ({@code \x22}) and Apache ({@code \"}, {@code \n}, {@code \x01}). */
final class Backslashes {
  private Backslashes() {}

  static byte[] decoded(byte[] text, int from, int to) {
    byte[] plain = new byte[to - from];
    int length = 0;
    for (int i = from; i < to; i++) {
      byte next = text[i];
      if (next != '\\' || i + 1 >= to) {
        plain[length++] = next;
        continue;
      }
      byte letter = text[++i];
      if (letter == 'x' && i + 2 < to && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
        plain[length++] = (byte) (hex(text[i + 1]) << 4 | hex(text[i + 2]));
        i += 2;
      } else {
        plain[length++] =
            switch (letter) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> letter;
            };
      }
    }
    return Arrays.copyOf(plain, length);
  }

  private static int hex(byte letter) {
    return Character.digit(letter, 16);
  }
}
