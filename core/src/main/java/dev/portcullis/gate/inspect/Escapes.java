package dev.portcullis.gate.inspect;

import java.util.Map;

/** Character escapes of HTML and of programming languages, resolved leniently. */
final class Escapes {
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("amp", "&"),
          Map.entry("colon", ":"),
          Map.entry("lpar", "("),
          Map.entry("rpar", ")"),
          Map.entry("sol", "/"),
          Map.entry("newline", "\n"),
          Map.entry("tab", "\t"),
          Map.entry("dollar", "$"),
          Map.entry("lbrace", "{"),
          Map.entry("lcub", "{"));

  private Escapes() {}

  /** HTML entities, named and numeric; those that are none stay. */
  static String entities(String value) {
    if (value.indexOf('&') < 0 || (value.indexOf(';') < 0 && value.indexOf("&#") < 0)) {
      return value;
    }
    var out = new StringBuilder(value.length());
    int i = 0;
    while (i < value.length()) {
      int end = value.charAt(i) == '&' ? entityEnd(value, i + 1) : -1;
      String text = end > 0 ? entity(value.substring(i + 1, end)) : "";
      if (text.isEmpty()) {
        out.append(value.charAt(i++));
      } else {
        out.append(text);
        i = end < value.length() && value.charAt(end) == ';' ? end + 1 : end;
      }
    }
    return out.toString();
  }

  /**
   * Where the name after an ampersand ends, at most ten characters on; -1 if it is none. A number
   * ends with its digits, as browsers read it.
   */
  private static int entityEnd(String value, int start) {
    boolean numeric = value.startsWith("#", start);
    boolean hex = value.startsWith("#x", start) || value.startsWith("#X", start);
    int digits = start + (hex ? 2 : numeric ? 1 : 0);
    int i = digits;
    while (i < value.length() && i < start + 10 && isPart(value.charAt(i), numeric, hex)) {
      i++;
    }
    boolean closed = i < value.length() && value.charAt(i) == ';';
    return i > digits && (numeric || closed) ? i : -1;
  }

  private static boolean isPart(char letter, boolean numeric, boolean hex) {
    if (hex) {
      return Decoding.hex(letter) >= 0;
    }
    return letter < 128
        && (numeric ? Character.isDigit(letter) : Character.isLetterOrDigit(letter));
  }

  private static String entity(String name) {
    if (!name.startsWith("#")) {
      return NAMED.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
    }
    boolean hex = name.startsWith("#x") || name.startsWith("#X");
    try {
      int code = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
      return Character.isBmpCodePoint(code) && code > 0 ? Character.toString(code) : "";
    } catch (NumberFormatException e) {
      return "";
    }
  }

  /** {@code \\u003c}, {@code \\x3c}, and IIS' {@code %u003c}; others stay. */
  static String unescape(String value) {
    if (value.indexOf("\\u") < 0 && value.indexOf("\\x") < 0 && value.indexOf("%u") < 0) {
      return value;
    }
    var out = new StringBuilder(value.length());
    int i = 0;
    while (i < value.length()) {
      char letter = value.charAt(i);
      char kind = i + 1 < value.length() ? value.charAt(i + 1) : 0;
      int digits = kind == 'u' ? 4 : kind == 'x' && letter == '\\' ? 2 : 0;
      int code = letter == '\\' || letter == '%' ? number(value, i + 2, digits) : -1;
      if (code >= 0) {
        out.append((char) code);
        i += 2 + digits;
      } else {
        out.append(letter);
        i++;
      }
    }
    return out.toString();
  }

  /** That many hexadecimal digits from there on, or -1. */
  static int number(String value, int from, int digits) {
    if (digits == 0 || from + digits > value.length()) {
      return -1;
    }
    int code = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Decoding.hex(value.charAt(i));
      if (digit < 0) {
        return -1;
      }
      code = code << 4 | digit;
    }
    return code;
  }
}
