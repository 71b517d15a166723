package dev.portcullis.obligation;

import dev.portcullis.scope.Scope;
import java.util.List;

/**
 * What the rules ask of a scope.
 *
 * @param subjects distinct data subjects reached, a lower bound when not exact
 * @param exact whether nothing is unknown
 * @param dataClasses reached, sorted
 * @param writes that went through
 */
record ScopeFacts(long subjects, boolean exact, List<String> dataClasses, long writes) {
  /** Of a scope. */
  static ScopeFacts of(Scope scope) {
    return new ScopeFacts(
        scope.subjects().size(),
        scope.unknown().isEmpty(),
        scope.dataClasses().keySet().stream().sorted().toList(),
        scope.writes().size());
  }

  /** Numbers and categories, no persons. */
  String inWords() {
    return "%s%d data subjects, classes %s, %d writes"
        .formatted(
            exact ? "" : "at least ",
            subjects,
            dataClasses.isEmpty() ? "none" : String.join(", ", dataClasses),
            writes);
  }
}
