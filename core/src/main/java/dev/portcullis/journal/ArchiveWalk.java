package dev.portcullis.journal;

import dev.portcullis.journal.archive.ArchiveRow;
import dev.portcullis.journal.archive.ArchiveRows;
import java.util.Optional;

/**
 * The records of an archived segment in order, rebuilt to the bytes that were hashed, each with its
 * place in the segment. Where a place was left out, a record is missing. To be closed.
 */
final class ArchiveWalk implements AutoCloseable {
  private final ArchiveRows rows;
  private final long firstSequence;
  private final long firstLeaf;
  private final ByteSink body = new ByteSink(4 << 10);
  private int others;
  private int place;
  private int type;

  /** Takes the rows over. */
  ArchiveWalk(ArchiveRows rows, SegmentHeader header) {
    this.rows = rows;
    this.firstSequence = header.firstSequence();
    this.firstLeaf = header.firstLeaf();
  }

  boolean next() {
    Optional<ArchiveRow> next = rows.next();
    if (next.isEmpty()) {
      return false;
    }
    ArchiveRow row = next.get();
    type = row.type();
    long at = row.isExchange() ? row.sequence() - firstSequence + others : row.leaf() - firstLeaf;
    if (at < 0 || at > Integer.MAX_VALUE - 1) {
      throw new JournalException(
          "a row of sequence %d in the archive of the segment that begins with %d"
              .formatted(row.sequence(), firstSequence));
    }
    place = (int) at;
    others += row.isExchange() ? 0 : 1;
    body.cutTo(0);
    ArchiveRecords.body(row, body);
    return true;
  }

  /** From 0. */
  int place() {
    return place;
  }

  /** Of the exchange there. */
  long sequence() {
    return firstSequence + place - others;
  }

  int type() {
    return type;
  }

  /** Holds type and payload from its begin on; valid until the next call. */
  ByteSink body() {
    return body;
  }

  @Override
  public void close() {
    rows.close();
  }
}
