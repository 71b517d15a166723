package dev.portcullis.obligation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hold that law enforcement may put on the notice (45 CFR 164.412 and many state laws).
 *
 * @param oralDays how long an oral statement holds at most; empty where the law names no number
 */
record Tolling(Optional<Integer> oralDays) {
  static final String HOLD = "law-enforcement-hold";
  static final String UNTIL = "law-enforcement-hold-until";
  static final String LIFTED = "law-enforcement-hold-lifted";

  /** The facts that it asks. */
  static final List<String> FACTS = List.of(HOLD, UNTIL, LIFTED);

  /** The end of the hold; empty while nobody knows it. */
  Optional<Instant> end(Map<String, Fact> facts, Instant start) {
    return Optional.ofNullable(facts.get(LIFTED))
        .or(() -> Optional.ofNullable(facts.get(UNTIL)))
        .map(Fact::at)
        .or(() -> oralDays.map(days -> start.plusSeconds(days * 86_400L)));
  }
}
