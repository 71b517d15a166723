package dev.portcullis.analyze;

import dev.portcullis.journal.Exchange;

/**
 * A request that a detector may have something to say about.
 *
 * @param line within its piece, from 0
 * @param login whether it tried to log in
 * @param objects fingerprints of what its path names, if it was answered with success
 * @param sample the request as logged, made visible; empty where there is nothing to show
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere, and there are many
record Event(int line, Exchange exchange, boolean login, long[] objects, String sample) {
  /** Milliseconds since 1970. */
  long at() {
    return exchange.at().toEpochMilli();
  }
}
