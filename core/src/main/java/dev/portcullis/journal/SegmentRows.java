package dev.portcullis.journal;

import dev.portcullis.journal.archive.ArchiveRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The records of a segment as rows of the archive, in order. Not thread-safe. */
final class SegmentRows {
  private final Path segment;
  private final RecordScanner scanner;
  private final boolean mayEndAnywhere;
  private final ArchiveRecords records = new ArchiveRecords();
  private long sequence;
  private long leaf;

  /**
   * From its first record on.
   *
   * @param mayEndAnywhere whether an unfinished record ends it, as in a segment being written
   */
  SegmentRows(Path segment, SegmentFile file, SegmentHeader header, boolean mayEndAnywhere) {
    this.segment = segment;
    this.scanner = new RecordScanner(file, header.length());
    this.mayEndAnywhere = mayEndAnywhere;
    this.sequence = header.firstSequence();
    this.leaf = header.firstLeaf();
  }

  /** The next one, or nothing at the end. */
  Optional<ArchiveRow> next() {
    try {
      RecordScanner.State state = scanner.next();
      boolean intact = state == RecordScanner.State.RECORD && scanner.isChecksumRight();
      if (state == RecordScanner.State.END || (!intact && mayEndAnywhere)) {
        return Optional.empty();
      }
      if (!intact) {
        throw new JournalException(
            "%s is damaged at byte %d, sequence %d: 'portcullis journal verify' tells more"
                .formatted(segment, scanner.offset(), sequence));
      }
      ArchiveRow row =
          records.row(scanner.bytes(), scanner.body(), scanner.bodyLength(), sequence, leaf++);
      sequence += row.isExchange() ? 1 : 0;
      return Optional.of(row);
    } catch (IOException e) {
      throw new JournalException(segment + " can't be read: " + e.getMessage(), e);
    }
  }
}
