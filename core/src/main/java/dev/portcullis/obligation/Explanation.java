package dev.portcullis.obligation;

import java.util.List;

/**
 * What a rule says to a question.
 *
 * @param assumed whether it applies only because something could not be excluded
 * @param clock with state, deadline and arithmetic
 * @param contents what the notice must contain, in kebab case
 */
public record Explanation(
    RuleSummary rule, boolean applies, boolean assumed, Clock clock, List<String> contents) {}
