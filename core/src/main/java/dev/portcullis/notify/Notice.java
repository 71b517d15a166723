package dev.portcullis.notify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A text that tells somebody.
 *
 * @param id such as {@code NOT-1}
 * @param rule the obligation it fulfils
 * @param recipient a stakeholder's name
 * @param missing required contents that are not known yet
 * @param sent proof of dispatch
 */
public record Notice(
    String id,
    String incident,
    String rule,
    String recipient,
    String email,
    String subject,
    String body,
    List<String> missing,
    State state,
    Optional<Dispatch> sent) {

  /** Where it stands. */
  public enum State {
    DRAFT,
    APPROVED,
    SENT,
    FAILED
  }

  /**
   * Proof of dispatch.
   *
   * @param messageId of the mail
   * @param reply the mail server's last words
   * @param sha256 of the message as sent, hexadecimal
   */
  public record Dispatch(Instant at, String messageId, String reply, String sha256) {}
}
