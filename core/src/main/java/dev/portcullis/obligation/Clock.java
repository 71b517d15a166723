package dev.portcullis.obligation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One obligation of one incident, running.
 *
 * @param rule id, such as {@code gdpr-33}
 * @param title for people
 * @param source the legal or contractual source
 * @param recipient who must be told: a stakeholder's role or name
 * @param state of the clock
 * @param anchorFact such as {@code awareness}
 * @param anchorAt when that was
 * @param due empty where the law gives no fixed limit
 * @param why it applies or does not, in one sentence
 * @param arithmetic how {@code due} follows, step by step
 * @param verified false: the rule was not yet checked against its official source by a person
 */
public record Clock(
    String incident,
    String rule,
    String title,
    String source,
    String recipient,
    State state,
    String anchorFact,
    Optional<Instant> anchorAt,
    Optional<Instant> due,
    String why,
    List<String> arithmetic,
    boolean verified) {

  /** What the clock does. */
  public enum State {
    NOT_APPLICABLE,
    ANCHOR_MISSING,
    RUNNING,
    DUE_SOON,
    SUBMITTED,
    LATE_SUBMITTED,
    OVERDUE
  }
}
