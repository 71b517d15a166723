package dev.portcullis.rehearse;

/** A scenario that can't be read or played; the message says where, what and what to do. */
public final class ScenarioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for people. */
  public ScenarioException(String message) {
    super(message);
  }
}
