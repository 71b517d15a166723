package dev.portcullis.scope;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What an ad hoc scope is asked about: every exchange in the window that has one of these.
 *
 * @param credentials ids
 * @param accounts names
 * @param sources addresses
 * @param fingerprints JA4
 * @param sessions hashes, as in {@link dev.portcullis.journal.Client}
 * @param from first moment; empty: from the beginning
 * @param until first moment after it; empty: to the end
 */
public record Question(
    Set<String> credentials,
    Set<String> accounts,
    Set<String> sources,
    Set<String> fingerprints,
    Set<String> sessions,
    Optional<Instant> from,
    Optional<Instant> until) {
  /** Names of one kind. */
  static final int MAX_NAMES = 1_000;

  /**
   * Checks that it asks for something.
   *
   * @throws IllegalArgumentException where it names nothing or too much, or the window is empty
   */
  public Question {
    int names =
        credentials.size()
            + accounts.size()
            + sources.size()
            + fingerprints.size()
            + sessions.size();
    if (names == 0 || names > MAX_NAMES) {
      throw new IllegalArgumentException(
          "A scope of %d names (expected: 1 to %d credentials, accounts, sources, fingerprints or sessions)"
              .formatted(names, MAX_NAMES));
    }
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException(
          "The window ends at %s, before it begins at %s (expected: from before to)"
              .formatted(until.get(), from.get()));
    }
  }
}
