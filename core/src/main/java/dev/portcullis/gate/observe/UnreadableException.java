package dev.portcullis.gate.observe;

/** A body is not what it claims to be, or longer than is read. Carries nothing of what it held. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException() {
    super(null, null, false, false);
  }
}
