package dev.portcullis.journal;

import java.time.Instant;

/**
 * A record that is no exchange, handed over like one: it takes a leaf and no sequence. Its receipt
 * is told, in place of a sequence, how many leaves the tree had with it; losing it is no gap.
 *
 * @param type one of {@link RecordFormat}
 */
record Note(int type, byte[] payload, Instant at) implements Recording {
  @Override
  public Exchange exchange(Pseudonyms pseudonyms) {
    throw new IllegalStateException("A record of type " + type + " is no exchange");
  }
}
