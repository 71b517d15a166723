package dev.portcullis.analyze;

/** A log could not be analysed; the message is for people. */
public final class AnalyzeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AnalyzeException(String message) {
    super(message);
  }

  AnalyzeException(String message, Throwable cause) {
    super(message, cause);
  }
}
