package dev.portcullis.scope;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An edge from what is known to be hostile to something that is tied to it. Whether it belongs, a
 * person decides; until then it is named in {@link Scope#unknown()} and not counted.
 *
 * @param id such as {@code P3}, of its incident
 * @param kind of the strongest tie
 * @param shared what both have in common, in words
 * @param others what is tied, in words, at most {@link #MAX_NAMED}
 * @param uses how many there are
 * @param strength 0 to 1, see docs/scope.md
 * @param rarity 0 to 1: 1 if nobody had the shared value before the breach
 * @param overlap 0 to 1: share of its use that lies since the breach began
 * @param likeness 0 to 1, of routes, pace and breadth to the hostile use
 * @param reason in words
 * @param exchanges answered since the breach began
 * @param subjects distinct, in them
 * @param first use
 * @param last use
 * @param terms what is hostile too if it is accepted
 * @param decision of a person
 */
public record Pivot(
    String id,
    Kind kind,
    String shared,
    List<String> others,
    int uses,
    double strength,
    double rarity,
    double overlap,
    double likeness,
    String reason,
    long exchanges,
    long subjects,
    Instant first,
    Instant last,
    List<Term> terms,
    Optional<Decision> decision) {
  /** Names that are listed of one edge. */
  public static final int MAX_NAMED = 20;

  /** What ties two uses. */
  public enum Kind {
    /** Tokens issued from the same login. */
    SESSION,
    /** The same address, with another credential or none. */
    SOURCE,
    /** The same credential, from another address. */
    CREDENTIAL,
    /** Another credential of the same account. */
    ACCOUNT,
    /** The same TLS fingerprint and User-Agent. */
    CLIENT
  }

  /** Where it stands. */
  public enum State {
    /** Nobody has decided. */
    UNDECIDED,
    /** It belongs to the breach. */
    ACCEPTED,
    /** It does not. */
    REJECTED
  }

  /**
   * What a person decided.
   *
   * @param by their name
   * @param reason required
   */
  public record Decision(boolean accepted, String by, Instant at, String reason) {}

  /** Where it stands. */
  @JsonProperty("state")
  public State state() {
    return decision
        .map(made -> made.accepted() ? State.ACCEPTED : State.REJECTED)
        .orElse(State.UNDECIDED);
  }

  /** For people: what waits for a decision. */
  String line(String atLeast) {
    return "Pivot %s, strength %.2f: %s with %s, first seen at %s, reached %d exchanges, %s%d data subjects, not counted; decide whether they belong"
        .formatted(
            id.isEmpty() ? "?" : id,
            strength,
            uses == 1
                ? others.getFirst()
                : uses
                    + " uses ("
                    + String.join(", ", others.subList(0, Math.min(3, others.size())))
                    + ", ...)",
            shared,
            first,
            exchanges,
            atLeast,
            subjects);
  }

  /** The same, under that id and with that decision, if there is one. */
  public Pivot decided(String newId, Optional<Decision> newDecision) {
    return new Pivot(
        newId,
        kind,
        shared,
        others,
        uses,
        strength,
        rarity,
        overlap,
        likeness,
        reason,
        exchanges,
        subjects,
        first,
        last,
        terms,
        newDecision);
  }
}
