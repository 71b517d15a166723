package dev.portcullis.obligation;

import java.util.List;
import java.util.Optional;

/**
 * A rule in short, for lists.
 *
 * @param source instrument and article
 * @param anchor the fact that its time counts from
 * @param facts all facts that it asks
 * @param limit in few words
 * @param urgency the words beside the limit; empty if none
 * @param recipient who must be told
 * @param evidence {@code P}, {@code S} or {@code M}: see docs/obligations.md
 * @param readIn where the rule was read
 * @param verified whether a person read it at its official source
 * @param proposed whether it is not law, and hence never applies
 */
public record RuleSummary(
    String id,
    String title,
    String jurisdiction,
    String source,
    String anchor,
    List<String> facts,
    String limit,
    Optional<String> urgency,
    String recipient,
    String evidence,
    String readIn,
    boolean verified,
    boolean proposed) {
  static RuleSummary of(Rule rule) {
    return new RuleSummary(
        rule.id(),
        rule.title(),
        rule.jurisdiction(),
        rule.source(),
        rule.anchor(),
        List.copyOf(rule.facts()),
        rule.limit().words(),
        rule.urgency(),
        rule.recipient(),
        rule.evidence().mark(),
        rule.evidence().readIn(),
        rule.verified(),
        rule.proposed());
  }
}
