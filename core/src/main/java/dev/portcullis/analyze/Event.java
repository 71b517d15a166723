package dev.portcullis.analyze;

import dev.portcullis.journal.Exchange;

/**
 * A request that a detector may have something to say about.
 *
 * @param line within its piece, from 0
 * @param login whether it tried to log in
 * @param sample the request as logged, made visible; empty where there is nothing to show
 */
record Event(int line, Exchange exchange, boolean login, String sample) {
  /** Milliseconds since 1970. */
  long at() {
    return exchange.at().toEpochMilli();
  }
}
