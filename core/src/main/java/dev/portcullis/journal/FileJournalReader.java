package dev.portcullis.journal;

import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.ArchiveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * From memory as long as it is there, from the segments or their archive otherwise. Sequences whose
 * exchanges retention has removed are passed over.
 */
final class FileJournalReader implements JournalReader {
  private final Path journal;
  private final SegmentStore store;
  private final RecentEntries recent;
  private final ArchiveStore archive;
  private final long end;
  private long next;

  /** Where the segment begins that was opened last. */
  private long opened;

  private Optional<SegmentCursor> cursor = Optional.empty();
  private Optional<JournalReader> archived = Optional.empty();
  private Optional<JournalEntry> found = Optional.empty();

  FileJournalReader(
      Path journal,
      SegmentStore store,
      RecentEntries recent,
      ArchiveStore archive,
      long from,
      long end) {
    this.journal = journal;
    this.store = store;
    this.recent = recent;
    this.archive = archive;
    this.next = from;
    this.end = end;
  }

  @Override
  public boolean hasNext() {
    while (found.isEmpty() && next < end) {
      found = advance();
    }
    return found.isPresent();
  }

  @Override
  public JournalEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The journal ended at " + end + " when reading began");
    }
    JournalEntry entry = found.orElseThrow();
    found = Optional.empty();
    return entry;
  }

  /** One step: an entry, or nothing where there is none any more. */
  private Optional<JournalEntry> advance() {
    if (cursor.isEmpty() && archived.isEmpty()) {
      JournalEntry entry = recent.get(next);
      if (entry != null) {
        next++;
        return Optional.of(entry);
      }
    }
    boolean unopened = cursor.isEmpty() && archived.isEmpty();
    if (unopened || (cursor.isPresent() && store.beginsAt(next))) {
      open();
    }
    if (cursor.isPresent()) {
      var entry = new JournalEntry(next, cursor.get().exchange(next));
      next++;
      return Optional.of(entry);
    }
    if (archived.isPresent() && archived.get().hasNext()) {
      JournalEntry entry = archived.get().next();
      next = entry.sequence() + 1;
      return Optional.of(entry);
    }
    next = Math.max(next, store.nextAfter(opened).orElse(end));
    close();
    return Optional.empty();
  }

  private void open() {
    close();
    Path path = store.holding(next);
    opened = SegmentPaths.firstSequence(path);
    if (!SegmentPaths.isArchived(path)) {
      try {
        cursor = Optional.of(SegmentCursor.open(path, journal));
        return;
      } catch (NoSuchFileException archivedMeanwhile) {
        // it is in the archive by now
      }
    }
    Path file = ArchivePaths.file(journal, SegmentPaths.firstSequence(path));
    if (Files.exists(file)) {
      archived = Optional.of(new ArchivedReader(archive.rows(file, next), end));
    }
  }

  @Override
  public void close() {
    cursor.ifPresent(SegmentCursor::close);
    cursor = Optional.empty();
    archived.ifPresent(JournalReader::close);
    archived = Optional.empty();
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

    static SegmentCursor open(Path path, Path journal) throws NoSuchFileException {
      try {
        SegmentFile file = SegmentFile.openToRead(path);
        try {
          return new SegmentCursor(path, journal, file);
        } catch (IOException | RuntimeException e) {
          file.close();
          throw e;
        }
      } catch (NoSuchFileException e) {
        throw e;
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
