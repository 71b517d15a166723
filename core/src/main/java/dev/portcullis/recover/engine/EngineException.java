package dev.portcullis.recover.engine;

/** The engine could not do what it was asked. The message says the place and the way out. */
public final class EngineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What kind of trouble it is, so that callers can tell them apart. */
  public enum Reason {
    /** The engine is not installed, or too old. */
    NO_ENGINE,
    /** There is no repository there yet. */
    NO_REPOSITORY,
    /** What lies there is not ours. */
    FOREIGN,
    /** It was made under another key. */
    WRONG_KEY,
    /** Another run holds it. */
    LOCKED,
    /** No room left. */
    FULL,
    /** It can't be written. */
    READ_ONLY,
    /** We may not. */
    DENIED,
    /** It is not there, or does not answer. */
    UNREACHABLE,
    /** What was kept is not what was written. */
    DAMAGED,
    /** What was to be backed up could not be read. */
    SOURCE,
    /** Somebody cancelled it. */
    CANCELLED,
    /** Anything else; the engine's own words are in the message. */
    OTHER
  }

  EngineException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  EngineException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What kind of trouble it is. */
  public Reason reason() {
    return reason;
  }
}
