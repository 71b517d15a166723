package dev.portcullis.analyze;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Where things are in a request target. */
final class Places {
  private static final Set<String> STATIC =
      Set.of(
          "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "avif",
          "woff", "woff2", "ttf", "otf", "eot", "mp4", "webm", "mp3", "wasm");

  private Places() {}

  /** Where the path begins: behind scheme and authority, if they are there. */
  static int path(byte[] text, int from, int to) {
    if (from < to && text[from] == '/') {
      return from;
    }
    for (int i = from; i + 2 < to && i < from + 8; i++) {
      if (text[i] == ':' && text[i + 1] == '/' && text[i + 2] == '/') {
        int slash = indexOf(text, '/', i + 3, to);
        return slash < 0 ? to : slash;
      }
    }
    return from;
  }

  static int indexOf(byte[] text, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  static int lastIndexOf(byte[] text, char wanted, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  static boolean isStaticExtension(byte[] text, int from, int to) {
    return STATIC.contains(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /** Letters, digits and {@code . _ ~ -}: what a route's name may hold. */
  static boolean isPlain(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = text[i];
      boolean plain =
          (next >= 'a' && next <= 'z')
              || (next >= '0' && next <= '9')
              || (next >= 'A' && next <= 'Z')
              || next == '-'
              || next == '_'
              || next == '.'
              || next == '~';
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
