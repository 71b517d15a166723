package dev.portcullis.journal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries are asked for: those of the time span that match any of the sets. Without a single
 * set none match.
 *
 * @param credentials ids
 * @param accounts names
 * @param sources addresses
 * @param fingerprints JA4
 * @param sessions hashes, as in {@link Client}
 * @param sequences of single entries
 * @param from first moment; empty: from the beginning
 * @param until first moment after it; empty: to the end
 */
public record Selection(
    Set<String> credentials,
    Set<String> accounts,
    Set<String> sources,
    Set<String> fingerprints,
    Set<String> sessions,
    Set<Long> sequences,
    Optional<Instant> from,
    Optional<Instant> until) {

  /** Whether that entry is asked for. */
  public boolean matches(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    return !from.filter(exchange.at()::isBefore).isPresent()
        && until.map(exchange.at()::isBefore).orElse(true)
        && (sources.contains(exchange.source())
            || exchange.credential().filter(credentials::contains).isPresent()
            || exchange.account().filter(accounts::contains).isPresent()
            || exchange.client().fingerprint().filter(fingerprints::contains).isPresent()
            || exchange.client().session().filter(sessions::contains).isPresent()
            || sequences.contains(entry.sequence()));
  }
}
