package dev.portcullis.gate.authn;

/** A token is refused; caught before it leaves this package. Cheap: no stack, an attacker pays. */
final class TokenRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  TokenRefusedException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** For the journal. */
  String reason() {
    return reason;
  }
}
