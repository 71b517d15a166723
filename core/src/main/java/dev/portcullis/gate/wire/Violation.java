package dev.portcullis.gate.wire;

/**
 * How a message breaks RFC 9110, RFC 9112 or a limit.
 *
 * @param status that answers it (RFC 9110 §15.5)
 * @param reason machine-readable word for the journal; the client never sees it
 */
public record Violation(int status, String reason) {
  /** A malformed message. */
  static Violation malformed(String reason) {
    return new Violation(400, reason);
  }
}
