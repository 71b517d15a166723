package dev.portcullis.journal;

/** The journal can't be read or written; the message names file, offset and the way out. */
public final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the message for people. */
  public JournalException(String message) {
    super(message);
  }

  /** With the message for people and the cause. */
  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
