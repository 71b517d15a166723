package dev.portcullis.journal;

/** What became of a request. */
public sealed interface Outcome {
  /** It reached the upstream and the answer was passed on whole. */
  record Forwarded() implements Outcome {}

  /**
   * A control refused it, and nothing happened: the API did nothing and nothing of an answer left.
   *
   * @param control that refused, such as {@code containment}, {@code authentication}, {@code
   *     rate-limit}
   * @param reason a short machine-readable word, such as {@code key-revoked}, {@code unknown-key}
   */
  record Refused(String control, String reason) implements Outcome {}

  /**
   * It was let through and something broke, or it was refused too late to undo what had happened.
   *
   * @param reason such as {@code upstream-refused}, {@code upstream-timeout}, {@code
   *     upstream-closed}, {@code client-closed}
   */
  record Failed(String reason) implements Outcome {}
}
