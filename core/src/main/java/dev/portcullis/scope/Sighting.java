package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import java.util.Optional;

/** A use that is not hostile by the criteria, but near it. */
sealed interface Sighting {
  /** A stolen credential, used from another source. */
  record Elsewhere(String credential, String source) implements Sighting {}

  /** A hostile source, with another credential or none. */
  record Pivot(Optional<String> credential, String source) implements Sighting {}

  /** What kind of sighting a not hostile exchange is, if it is one. */
  static Optional<Sighting> of(Exchange exchange, Criteria criteria) {
    // The source first: a stolen credential at a hostile source is nearer to the breach than to
    // its owner, even when no single signal names both.
    if (criteria.isSuspect(exchange.source())) {
      return Optional.of(new Pivot(exchange.credential(), exchange.source()));
    }
    return exchange
        .credential()
        .filter(criteria::isStolen)
        .map(credential -> new Elsewhere(credential, exchange.source()));
  }
}
