package dev.portcullis.gate.inspect;

import java.util.Locale;

/**
 * Evaluates the lookups of logging libraries the way they would, from the inside out: {@code
 * ${lower:J}} is {@code j}, {@code ${::-j}} and {@code ${env:NONE:-j}} are {@code j}. What hides
 * behind nesting then stands in the open. Nothing is looked up: only what the text itself says.
 */
final class Lookups {
  /** Lookups resolved in one value: more is no way to write anything. */
  private static final int STEPS = 256;

  /** Longer values are not resolved: nesting has no use there but to hide. */
  private static final int LENGTH = 8_192;

  private Lookups() {}

  static String resolve(String value) {
    if (value.indexOf("${") < 0 || value.length() > LENGTH) {
      return value;
    }
    var text = new StringBuilder(value);
    int from = text.length();
    for (int step = 0; step < STEPS; step++) {
      // The last opening before a closing is an innermost one.
      int open = text.lastIndexOf("${", from);
      if (open < 0) {
        break;
      }
      int close = text.indexOf("}", open);
      String inner = close < 0 ? "" : text.substring(open + 2, close);
      if (close >= 0 && !isTarget(inner)) {
        text.replace(open, close + 1, result(inner));
      }
      from = open - 1;
      if (from < 0) {
        break;
      }
    }
    return text.toString();
  }

  /** What the rules look for must stay standing. */
  private static boolean isTarget(String inner) {
    return inner.toLowerCase(Locale.ROOT).stripLeading().startsWith("jndi");
  }

  private static String result(String inner) {
    int fallback = inner.lastIndexOf(":-");
    if (fallback >= 0) {
      return inner.substring(fallback + 2);
    }
    String lower = inner.toLowerCase(Locale.ROOT);
    if (lower.startsWith("lower:")) {
      return lower.substring(6);
    }
    if (lower.startsWith("upper:")) {
      return inner.substring(6).toUpperCase(Locale.ROOT);
    }
    if (lower.startsWith("date:")) {
      return inner.substring(5).replace("'", "");
    }
    return "${" + inner + "}";
  }
}
