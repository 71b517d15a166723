package dev.portcullis.recover;

/** One recovery point can't be used; an older one may. The message says why. */
final class BrokenPointException extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenPointException(String message) {
    super(message);
  }

  BrokenPointException(String message, Throwable cause) {
    super(message, cause);
  }
}
