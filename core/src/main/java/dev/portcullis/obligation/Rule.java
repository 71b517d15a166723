package dev.portcullis.obligation;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A duty to tell somebody, as data: one YAML file a rule. docs/obligations.md tells its fields.
 *
 * @param source instrument and article
 * @param anchor the fact that the time counts from; {@code RULE-submitted} is the submission of the
 *     report under that rule
 * @param urgency the words beside the limit, such as "without undue delay"
 * @param byReceipt whether the notice must have arrived, not only left, within the limit
 * @param roll what a last day that is no working day may give
 * @param tolling whether law enforcement may hold the notice back
 * @param evidence how sure the rule is
 * @param from first day in force
 * @param to first day no longer in force
 */
record Rule(
    String id,
    String title,
    String jurisdiction,
    String source,
    String anchor,
    Limit limit,
    Optional<String> urgency,
    boolean byReceipt,
    Optional<Roll> roll,
    Optional<Tolling> tolling,
    String recipient,
    List<Content> contents,
    List<Condition> appliesWhen,
    Evidence evidence,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    boolean proposed,
    List<String> notes) {
  static final String SUBMITTED = "-submitted";

  /**
   * How sure a rule is.
   *
   * @param verified whether a person read it at its official source
   * @param mark {@code P}: the instrument's text was read in a published copy; {@code S}: a
   *     secondary source; {@code M}: from memory
   * @param readIn where
   */
  record Evidence(boolean verified, String mark, String readIn) {}

  boolean verified() {
    return evidence.verified();
  }

  /** The facts that start the clock, the main one first. */
  List<String> anchors() {
    return limit instanceof Limit.EarlierOf earlier
        ? earlier.parts().stream().map(Limit.Part::anchor).toList()
        : List.of(anchor);
  }

  /** All facts that change the answer. */
  Set<String> facts() {
    var names = new LinkedHashSet<>(anchors());
    if (tolling.isPresent()) {
      names.addAll(Tolling.FACTS);
    }
    return names;
  }

  /** The rule whose report must be submitted before. */
  Optional<String> previous() {
    return anchor.endsWith(SUBMITTED)
        ? Optional.of(anchor.substring(0, anchor.length() - SUBMITTED.length()))
        : Optional.empty();
  }
}
