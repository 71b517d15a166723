/**
 * Laws and contracts as data, anchor facts, and the clocks that follow from them. Its computation
 * is free of I/O and of clocks.
 *
 * <p>The rules are YAML files beside this package's classes; docs/obligations.md tells their
 * fields. A rule is not advice: one that no person has checked at its source says so in every
 * clock.
 *
 * <p>Start reading at {@code ObligationDesk}, then {@code ClockCalculator}; without an incident, at
 * {@code Explainer}.
 */
@org.jspecify.annotations.NullMarked
package dev.portcullis.obligation;
