package dev.portcullis.recover;

/** A backup or restore failed; the message names the place and the way out. */
public final class RecoveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the message for people. */
  public RecoveryException(String message) {
    super(message);
  }

  /** With the message for people and the cause. */
  public RecoveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
