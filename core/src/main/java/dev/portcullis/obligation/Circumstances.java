package dev.portcullis.obligation;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the rules ask beside the facts.
 *
 * @param scope what is known of the reach
 * @param numbers of persons per jurisdiction, as far as they are known
 * @param classesKnown whether the data classes are all that were reached
 * @param entities what the one who must notify is, such as {@code credit-institution}; empty: not
 *     declared
 * @param calendar of holidays of the Member State
 */
record Circumstances(
    ScopeFacts scope,
    Numbers numbers,
    boolean classesKnown,
    Set<String> entities,
    Optional<String> calendar) {

  /** Of a scope alone. */
  static Circumstances of(ScopeFacts scope) {
    return new Circumstances(scope, Numbers.UNKNOWN, scope.exact(), Set.of(), Optional.empty());
  }

  /** Without an incident: nothing is known but what is said. */
  static Circumstances said(
      Numbers numbers, List<String> dataClasses, Set<String> entities, Optional<String> calendar) {
    return new Circumstances(
        new ScopeFacts(0, false, dataClasses, 0),
        numbers,
        !dataClasses.isEmpty(),
        entities,
        calendar);
  }
}
