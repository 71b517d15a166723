package dev.portcullis.journal;

import dev.portcullis.journal.archive.ArchiveRow;
import dev.portcullis.journal.archive.ArchiveRows;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Entries out of rows, up to a sequence. */
final class ArchivedReader implements JournalReader {
  private final ArchiveRows rows;
  private final long end;
  private Optional<JournalEntry> next = Optional.empty();
  private boolean ended;

  /** Takes the rows over. */
  ArchivedReader(ArchiveRows rows, long end) {
    this.rows = rows;
    this.end = end;
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && !ended) {
      Optional<ArchiveRow> row = rows.next();
      ended = row.isEmpty() || row.get().sequence() >= end;
      if (!ended && row.get().isExchange()) {
        next = row.map(ArchiveRecords::entry);
      }
    }
    return next.isPresent();
  }

  @Override
  public JournalEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No entry is left (expected: hasNext() asked before)");
    }
    JournalEntry entry = next.orElseThrow();
    next = Optional.empty();
    return entry;
  }

  @Override
  public void close() {
    rows.close();
  }
}
