package dev.portcullis.learn;

import com.google.re2j.Pattern;

/**
 * Writes Markdown (CommonMark with GitHub's tables). Whatever is not ours goes through {@link
 * #text}: paths, sources and names are the attacker's to choose, and the page is shown to those who
 * can do most.
 */
final class Markdown {
  private static final String SPECIAL = "\\`*_{}[]()#~!$";
  private static final Pattern LIST_START = Pattern.compile("^([0-9]{1,9})([.)])");
  private static final int MAX_TEXT = 500;

  private final StringBuilder out = new StringBuilder();

  /** Harmless on one line: no markup, no HTML, no link, no control or direction characters. */
  static String text(String raw) {
    var escaped = new StringBuilder();
    raw.codePoints().limit(MAX_TEXT).forEach(point -> append(escaped, point));
    if (raw.codePointCount(0, raw.length()) > MAX_TEXT) {
      escaped.append('…');
    }
    String line = escaped.toString().strip();
    if (line.startsWith("-") || line.startsWith("+") || line.startsWith("=")) {
      return "\\" + line;
    }
    return LIST_START.matcher(line).replaceFirst("$1\\\\$2");
  }

  private static void append(StringBuilder escaped, int point) {
    switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED -> {
        escaped.append(' ');
        return;
      }
      default -> {}
    }
    switch (point) {
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '&' -> escaped.append("&amp;");
      // Renderers disagree on escaped pipes in tables, and make links of bare addresses: "://",
      // "www." and "@" must not stand as they are.
      case '|' -> escaped.append("&#124;");
      case '@' -> escaped.append("&#64;");
      case '/' -> escaped.append(endsWithColon(escaped) ? "&#47;" : "/");
      case '.' -> escaped.append(endsWithWww(escaped) ? "&#46;" : ".");
      default -> {
        if (SPECIAL.indexOf(point) >= 0) {
          escaped.append('\\');
        }
        escaped.appendCodePoint(point);
      }
    }
  }

  private static boolean endsWithColon(StringBuilder escaped) {
    return !escaped.isEmpty() && escaped.charAt(escaped.length() - 1) == ':';
  }

  private static boolean endsWithWww(StringBuilder escaped) {
    int length = escaped.length();
    return length >= 3 && escaped.substring(length - 3).equalsIgnoreCase("www");
  }

  Markdown heading(int level, String ours) {
    blankLine();
    out.append("#".repeat(level)).append(' ').append(ours).append("\n\n");
    return this;
  }

  /** A paragraph of ours; foreign text in it has gone through {@link #text}. */
  Markdown paragraph(String ours) {
    blankLine();
    out.append(ours).append("\n\n");
    return this;
  }

  Markdown item(String ours) {
    out.append("- ").append(ours).append('\n');
    return this;
  }

  Markdown task(String ours) {
    out.append("- [ ] ").append(ours).append('\n');
    return this;
  }

  Markdown numbered(int number, String ours) {
    out.append(number).append(". ").append(ours).append('\n');
    return this;
  }

  /** A row of cells that are ours or have gone through {@link #text}. */
  Markdown row(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    return this;
  }

  /** A table's head. */
  Markdown head(String... titles) {
    blankLine();
    row(titles);
    out.append("|").append("---|".repeat(titles.length)).append('\n');
    return this;
  }

  private void blankLine() {
    int length = out.length();
    boolean blank = length >= 2 && out.charAt(length - 1) == '\n' && out.charAt(length - 2) == '\n';
    if (length > 0 && !blank) {
      out.append('\n');
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
