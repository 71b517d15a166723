package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/** From memory as long as it is there, from the segments otherwise. */
final class FileJournalReader implements JournalReader {
  private final Path journal;
  private final SegmentStore store;
  private final RecentEntries recent;
  private final long end;
  private long next;
  private Optional<SegmentCursor> cursor = Optional.empty();

  FileJournalReader(Path journal, SegmentStore store, RecentEntries recent, long from, long end) {
    this.journal = journal;
    this.store = store;
    this.recent = recent;
    this.next = from;
    this.end = end;
  }

  @Override
  public boolean hasNext() {
    return next < end;
  }

  @Override
  public JournalEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The journal ended at " + end + " when reading began");
    }
    if (cursor.isEmpty()) {
      JournalEntry entry = recent.get(next);
      if (entry != null) {
        next++;
        return entry;
      }
    }
    var entry = new JournalEntry(next, fromDisk());
    next++;
    return entry;
  }

  private Exchange fromDisk() {
    if (cursor.isEmpty() || store.beginsAt(next)) {
      close();
      cursor = Optional.of(SegmentCursor.open(store.holding(next), journal));
    }
    return cursor.get().exchange(next);
  }

  @Override
  public void close() {
    cursor.ifPresent(SegmentCursor::close);
    cursor = Optional.empty();
  }

  /** A place in one segment. */
  private static final class SegmentCursor {
    private final Path path;
    private final Path journal;
    private final SegmentFile file;
    private final RecordScanner scanner;
    private long sequence;

    private SegmentCursor(Path path, Path journal, SegmentFile file) throws IOException {
      this.path = path;
      this.journal = journal;
      this.file = file;
      var header = SegmentHeader.read(file);
      this.sequence = header.firstSequence();
      this.scanner = new RecordScanner(file, header.length());
    }

    static SegmentCursor open(Path path, Path journal) {
      try {
        SegmentFile file = SegmentFile.openToRead(path);
        try {
          return new SegmentCursor(path, journal, file);
        } catch (IOException | RuntimeException e) {
          file.close();
          throw e;
        }
      } catch (IOException | JournalException e) {
        throw new JournalException(
            "%s can't be read: %s; %s"
                .formatted(path, e.getMessage(), CheckpointFiles.wayOut(journal)),
            e);
      }
    }

    /** The exchange of that sequence, at or after where the cursor is. */
    Exchange exchange(long wanted) {
      try {
        while (scanner.next() == RecordScanner.State.RECORD) {
          if (scanner.type() != RecordFormat.EXCHANGE) {
            continue;
          }
          if (sequence++ == wanted) {
            if (!scanner.isChecksumRight()) {
              break;
            }
            // the type is the body's first byte
            return ExchangeCodec.decode(
                scanner.bytes(), scanner.body() + 1, scanner.bodyLength() - 1);
          }
        }
        throw new JournalException("the record is damaged");
      } catch (IOException | JournalException e) {
        throw new JournalException(
            "The journal is damaged at %s, byte %d, sequence %d: %s; %s"
                .formatted(
                    path,
                    scanner.offset(),
                    wanted,
                    e.getMessage(),
                    CheckpointFiles.wayOut(journal)),
            e);
      }
    }

    void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new JournalException(path + " can't be closed: " + e.getMessage(), e);
      }
    }
  }
}
