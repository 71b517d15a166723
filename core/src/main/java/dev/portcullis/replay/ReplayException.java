package dev.portcullis.replay;

/** A replay can't be done; the message says what was found, what was expected and what to do. */
public final class ReplayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the message for people. */
  public ReplayException(String message) {
    super(message);
  }

  /** With the message for people and the cause. */
  public ReplayException(String message, Throwable cause) {
    super(message, cause);
  }
}
