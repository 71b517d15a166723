package dev.portcullis.gate.inspect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The forms in which a value may be read further in: percent-decoded once and twice, entities and
 * escapes resolved, lookups evaluated, comments taken out. Bounded: no form is longer than its
 * value, and there are at most {@link #FORMS}.
 */
final class Decoding {
  /** How many readings of one value are looked at. */
  static final int FORMS = 10;

  private Decoding() {}

  /**
   * All readings of the value, itself first, without repetition.
   *
   * @param plus whether a plus sign is a space, as in queries and forms
   */
  static List<String> forms(String value, boolean plus) {
    var forms = new ArrayList<String>(2);
    forms.add(value);
    String once = percent(plus && value.indexOf('+') >= 0 ? value.replace('+', ' ') : value);
    add(forms, once);
    String twice = percent(once);
    add(forms, twice);
    add(forms, percent(twice));
    String plain = forms.getLast();
    add(forms, Escapes.entities(plain));
    add(forms, Escapes.unescape(plain));
    String clear = forms.getLast();
    add(forms, Lookups.resolve(clear));
    add(forms, withoutComments(clear, " "));
    add(forms, withoutComments(clear, ""));
    return forms;
  }

  private static void add(List<String> forms, String form) {
    if (forms.size() < FORMS && !forms.contains(form)) {
      forms.add(form);
    }
  }

  /** Percent-decoded, leniently: what is no escape stays as it is. Bytes are read as UTF-8. */
  static String percent(String value) {
    int first = value.indexOf('%');
    if (first < 0) {
      return value;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1]) : -1;
      int low = high >= 0 ? hex(bytes[i + 2]) : -1;
      if (low >= 0) {
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[length++] = bytes[i];
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** The value of a hexadecimal digit, or -1. */
  static int hex(int letter) {
    return letter < 128 ? Character.digit(letter, 16) : -1;
  }

  /** SQL comments are blanks to a database, and nothing to a filter that only takes them out. */
  private static String withoutComments(String value, String instead) {
    if (value.indexOf("/*") < 0) {
      return value;
    }
    var out = new StringBuilder(value.length());
    int from = 0;
    for (int start = value.indexOf("/*"); start >= 0; start = value.indexOf("/*", from)) {
      int end = value.indexOf("*/", start + 2);
      if (end < 0) {
        break;
      }
      out.append(value, from, start);
      // MySQL runs what stands in /*! ... */ and /*!50000 ... */
      String inside = value.substring(start + 2, end);
      if (inside.startsWith("!")) {
        out.append(' ').append(inside.replaceFirst("^!\\d*", "")).append(' ');
      } else {
        out.append(instead);
      }
      from = end + 2;
    }
    return out.append(value, from, value.length()).toString();
  }

  /**
   * The bytes behind a base64 or base64url value, one character a byte; empty when it is none, or
   * too short to mean anything.
   */
  static Optional<String> base64(String value) {
    if (value.length() < 8) {
      return Optional.empty();
    }
    byte[] out = new byte[value.length()];
    for (int i = 0; i < out.length; i++) {
      char letter = value.charAt(i);
      if (letter >= 128 || !isBase64(letter)) {
        return Optional.empty();
      }
      out[i] = (byte) (letter == '-' ? '+' : letter == '_' ? '/' : letter);
    }
    int length = out.length;
    while (length > 0 && out[length - 1] == '=') {
      length--;
    }
    if (length % 4 == 1) {
      length--;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(java.util.Arrays.copyOf(out, length));
      return Optional.of(new String(decoded, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isBase64(char letter) {
    return Character.isLetterOrDigit(letter)
        || letter == '+'
        || letter == '/'
        || letter == '-'
        || letter == '_'
        || letter == '=';
  }

  /** Whether it reads as text: hardly any control characters. */
  static boolean isText(String bytes) {
    int odd = 0;
    for (int i = 0; i < bytes.length(); i++) {
      char letter = bytes.charAt(i);
      boolean blank = letter == '\n' || letter == '\r' || letter == '\t';
      if ((letter < ' ' && !blank) || letter >= 127) {
        odd++;
      }
    }
    return odd * 20 <= bytes.length();
  }
}
