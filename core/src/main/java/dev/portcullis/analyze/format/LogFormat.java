package dev.portcullis.analyze.format;

/** One product's way to write down a request. Stateless: many threads may read with one. */
public interface LogFormat {
  /** As {@code --format} takes it and the report names it. */
  String name();

  /**
   * Reads one line without its line break.
   *
   * @param text holds the line from {@code from} until before {@code to}
   * @param into is cleared and filled for each request the line tells of
   * @param each is run after each filling; a line that is a comment has none
   * @return whether the line is of this format
   */
  boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each);
}
