package dev.portcullis.journal;

/** A witness or an authority did not put its name under a checkpoint. */
final class AttestationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * That it didn't.
   *
   * @param reason one word of a handful, for the metric
   * @param message for people
   */
  AttestationException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
