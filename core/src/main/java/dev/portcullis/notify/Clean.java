package dev.portcullis.notify;

/** Makes text harmless where it goes into headers and single lines. */
final class Clean {
  private Clean() {}

  /**
   * One line: control, format and separator characters become spaces, so that no name can begin a
   * new header (CWE-93) or turn the reading direction.
   *
   * @param limit in characters
   */
  static String line(String text, int limit) {
    var line = new StringBuilder();
    text.codePoints()
        .limit(limit)
        .forEach(point -> line.appendCodePoint(isHarmless(point) ? point : ' '));
    return line.toString().strip();
  }

  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** Whether an address can stand in a header as it is. */
  static boolean isPlainAddress(String address) {
    return !address.isBlank()
        && address.length() <= 320
        && address.chars().allMatch(each -> each > ' ' && each < 0x7f);
  }
}
