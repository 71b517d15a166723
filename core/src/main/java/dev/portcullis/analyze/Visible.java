package dev.portcullis.analyze;

/**
 * Text out of a log, safe to show: what an attacker wrote there neither steers a terminal nor turns
 * the reading direction nor fills the page.
 */
final class Visible {
  private Visible() {}

  static String of(String text, int most) {
    var visible = new StringBuilder(Math.min(text.length(), most) + 1);
    for (int i = 0; i < text.length() && visible.length() < most; ) {
      int next = text.codePointAt(i);
      i += Character.charCount(next);
      int kind = Character.getType(next);
      boolean hidden =
          kind == Character.CONTROL
              || kind == Character.FORMAT
              || kind == Character.SURROGATE
              || kind == Character.LINE_SEPARATOR
              || kind == Character.PARAGRAPH_SEPARATOR
              || kind == Character.PRIVATE_USE
              || kind == Character.UNASSIGNED;
      if (hidden) {
        visible.append("\\u").append(String.format("%04x", next));
      } else {
        visible.appendCodePoint(next);
      }
    }
    return visible.length() >= most ? visible.substring(0, most - 1) + "…" : visible.toString();
  }
}
