package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** The records of a segment that is not in the archive. */
final class SegmentRecordWalk implements RecordWalk {
  private final Path segment;
  private final SegmentFile file;
  private final RecordScanner scanner;
  private long leaf;
  private long sequence;

  private SegmentRecordWalk(Path segment, SegmentFile file, SegmentHeader header) {
    this.segment = segment;
    this.file = file;
    this.scanner = new RecordScanner(file, header.length());
    this.leaf = header.firstLeaf();
    this.sequence = header.firstSequence();
  }

  static SegmentRecordWalk open(Path segment) throws IOException {
    SegmentFile file = SegmentFile.openToRead(segment);
    boolean opened = false;
    try {
      var walk = new SegmentRecordWalk(segment, file, SegmentHeader.read(file));
      opened = true;
      return walk;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  @Override
  public Path segment() {
    return segment;
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public Optional<JournalRecord> next(int wantedType) throws IOException {
    RecordScanner.State state = scanner.next();
    while (state == RecordScanner.State.RECORD) {
      int type = scanner.type();
      long here = leaf++;
      OptionalLong number =
          type == RecordFormat.EXCHANGE ? OptionalLong.of(sequence++) : OptionalLong.empty();
      if (type == wantedType) {
        int body = scanner.body();
        return Optional.of(
            new JournalRecord(
                here,
                number,
                Arrays.copyOfRange(scanner.bytes(), body, body + scanner.bodyLength())));
      }
      state = scanner.next();
    }
    if (state == RecordScanner.State.BROKEN) {
      throw new JournalException(
          "%s is damaged at byte %d, before sequence %d: run 'portcullis journal verify'"
              .formatted(segment, scanner.offset(), sequence));
    }
    return Optional.empty();
  }

  @Override
  public Optional<JournalRecord> exchange(long wanted) throws IOException {
    // skipping copies nothing
    while (sequence < wanted) {
      RecordScanner.State state = scanner.next();
      if (state == RecordScanner.State.BROKEN) {
        throw new JournalException(
            "%s is damaged at byte %d, before sequence %d: run 'portcullis journal verify'"
                .formatted(segment, scanner.offset(), wanted));
      }
      if (state != RecordScanner.State.RECORD) {
        return Optional.empty();
      }
      leaf++;
      sequence += scanner.type() == RecordFormat.EXCHANGE ? 1 : 0;
    }
    return next(RecordFormat.EXCHANGE);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new JournalException(segment + " can't be closed: " + e.getMessage(), e);
    }
  }
}
