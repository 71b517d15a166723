package dev.portcullis.config;

/**
 * One mistake of a configuration file, or one thing worth a warning: where it stands, what is wrong
 * and what would be right. Never carries a value that looks secret.
 *
 * @param file as it was named by the user
 * @param line from 1; 0: the file as a whole
 * @param column from 1, in characters; 0: the file as a whole
 * @param path in the document, such as {@code routes[2].limit.per}; empty: the document as a whole
 * @param wrong what is wrong, what was found included
 * @param expected what would be right
 * @param source the line of the file, secrets masked; empty where there is none to show
 */
public record Problem(
    String file, int line, int column, String path, String wrong, String expected, String source) {

  private static final int SHOWN_COLUMNS = 100;

  /**
   * One line: {@code portcullis.yaml:17:10: routes[0].limit.per: "5 minutes" is not a duration
   * (expected: a number and a unit, such as 30s, 5m, 72h)}.
   */
  public String render() {
    var text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ");
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    return text.append(wrong).append(" (expected: ").append(expected).append(')').toString();
  }

  /** The line of {@link #render()}, then the source line and a caret below the place. */
  public String renderWithSource() {
    if (line < 1 || source.isBlank()) {
      return render();
    }
    int from = Math.max(0, Math.min(column - 1, source.length()) - SHOWN_COLUMNS / 2);
    int to = Math.min(source.length(), from + SHOWN_COLUMNS);
    String gutter = "%6d | ".formatted(line);
    String bar = " ".repeat(gutter.length() - 2) + "| ";
    String shown = render() + "\n" + gutter + source.substring(from, to).replace('\t', ' ');
    int masked = source.indexOf(Masking.MASK);
    if (masked >= 0 && masked < column) {
      return shown; // What is hidden has another length: a caret would point beside the place.
    }
    int caret = Math.max(0, Math.min(column - 1, to) - from);
    return shown + "\n" + bar + " ".repeat(caret) + "^";
  }
}
