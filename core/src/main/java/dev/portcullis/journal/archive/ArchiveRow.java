package dev.portcullis.journal.archive;

import dev.portcullis.journal.Exchange;
import java.util.Optional;

/**
 * A record of the journal as a row of its archive.
 *
 * @param sequence of the exchange; of another record that of the exchange after it
 * @param leaf its place in the tree; {@link #IMPLIED} for an exchange, whose place follows from its
 *     sequence and the other records before it
 * @param type as in the segment: 1 is an exchange
 * @param version of the record
 * @param exchange if it is one that can be read; not read back where there are its bytes
 * @param raw the payload, where the exchange alone does not give the very same bytes again
 */
public record ArchiveRow(
    long sequence,
    long leaf,
    int type,
    int version,
    Optional<Exchange> exchange,
    Optional<byte[]> raw) {
  /** The leaf of an exchange. */
  public static final long IMPLIED = -1;

  /** The type of exchanges. */
  public static final int EXCHANGE = 1;

  /** Whether it is an exchange, or another record. */
  public boolean isExchange() {
    return type == EXCHANGE;
  }
}
