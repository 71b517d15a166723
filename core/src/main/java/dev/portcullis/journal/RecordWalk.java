package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The records of one segment in order, with their places. Not thread-safe. */
sealed interface RecordWalk extends AutoCloseable permits ArchiveRecordWalk, SegmentRecordWalk {
  /** Of a segment, wherever its records are by now. */
  static RecordWalk open(Path segment) throws IOException {
    return SegmentPaths.isArchived(segment)
        ? ArchiveRecordWalk.open(segment)
        : SegmentRecordWalk.open(segment);
  }

  Path segment();

  /** The sequence of the next exchange. */
  long sequence();

  /** The next record that is an exchange, or a gap. */
  Optional<JournalRecord> next(int wantedType) throws IOException;

  /**
   * Goes on to the exchange of that sequence, which must not lie behind; empty if it is not there.
   */
  Optional<JournalRecord> exchange(long wanted) throws IOException;

  @Override
  void close();
}
