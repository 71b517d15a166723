package dev.portcullis.cli;

/** A verb could not do what was asked; the message is for people. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    super(message);
  }
}
