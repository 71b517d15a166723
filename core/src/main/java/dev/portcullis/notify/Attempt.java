package dev.portcullis.notify;

/** What became of one try to send. */
sealed interface Attempt {
  /**
   * The mail server took it.
   *
   * @param reply its last words
   * @param sha256 of the message as sent, hexadecimal
   */
  record Taken(String reply, String sha256) implements Attempt {}

  /** Not now: try again later. */
  record Postponed(String reason) implements Attempt {}

  /** The mail server will never take it so: a person must mend something. */
  record Rejected(String reason) implements Attempt {}
}
