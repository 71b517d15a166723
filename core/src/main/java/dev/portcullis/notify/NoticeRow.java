package dev.portcullis.notify;

import dev.portcullis.notify.Notice.Dispatch;
import dev.portcullis.notify.Notice.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A notice as the outbox keeps it.
 *
 * @param number of its id
 * @param revision of its text, from 1
 * @param approvedAt also the mail's date, so that each try sends the same bytes
 * @param messageId fixed at the first approval
 * @param attempts so far
 * @param reported whether obligation and timeline know of the dispatch
 */
record NoticeRow(
    int number,
    String incident,
    String rule,
    String recipient,
    String email,
    String subject,
    String body,
    List<String> missing,
    int revision,
    State state,
    Optional<String> approvedBy,
    Optional<Instant> approvedAt,
    Optional<String> messageId,
    int attempts,
    Optional<Dispatch> sent,
    boolean reported) {

  static final String PREFIX = "NOT-";

  String id() {
    return PREFIX + number;
  }

  Notice notice() {
    return new Notice(id(), incident, rule, recipient, email, subject, body, missing, state, sent);
  }
}
