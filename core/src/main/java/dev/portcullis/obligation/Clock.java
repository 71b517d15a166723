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
 * @param due the earliest reading, to plan with; empty where the law gives no fixed limit
 * @param latest the latest reading, where it is another
 * @param heldUntil until when law enforcement holds the notice back
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
    Optional<Instant> latest,
    Optional<Instant> heldUntil,
    String why,
    List<String> arithmetic,
    boolean verified) {

  /** What the clock does. */
  public enum State {
    /** The rule does not apply; {@code why} says why. */
    NOT_APPLICABLE,
    /** The fact that it counts from is not recorded. */
    ANCHOR_MISSING,
    /** It counts from the report before it, and that is not submitted. */
    NOT_STARTED,
    RUNNING,
    /** Law enforcement holds the notice back. */
    TOLLED,
    /** The last quarter of the time. */
    DUE_SOON,
    SUBMITTED,
    /** Submitted, and the recipient said so. */
    ACKNOWLEDGED,
    /** Submitted after it was due: reasons are owed. */
    LATE_SUBMITTED,
    OVERDUE,
    /** A person decided, with a reason, that it is not owed. */
    WAIVED
  }
}
