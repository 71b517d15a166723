package dev.portcullis.journal;

import dev.portcullis.config.ArchiveSettings;
import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.ArchiveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The records of a segment that is in the archive, rebuilt; those that have expired are left out.
 */
final class ArchiveRecordWalk implements RecordWalk {
  private final Path segment;
  private final SegmentHeader header;
  private final ArchiveStore store;
  private final Optional<ArchiveWalk> walk;
  private long sequence;
  private boolean ahead;

  private ArchiveRecordWalk(
      Path segment, SegmentHeader header, ArchiveStore store, Optional<ArchiveWalk> walk) {
    this.segment = segment;
    this.header = header;
    this.store = store;
    this.walk = walk;
    this.sequence = header.firstSequence();
  }

  static ArchiveRecordWalk open(Path segment) throws IOException {
    SegmentHeader header;
    try (var file = SegmentFile.openToRead(SegmentPaths.head(segment))) {
      header = SegmentHeader.read(file);
    }
    Path file = ArchivePaths.of(segment, header.firstSequence());
    Path spill = Path.of(System.getProperty("java.io.tmpdir"), "portcullis-records.new");
    var store = new ArchiveStore(ArchiveSettings.DEFAULT.memory(), spill);
    try {
      // all of it may have expired
      Optional<ArchiveWalk> walk =
          Files.exists(file)
              ? Optional.of(new ArchiveWalk(store.rows(file, 0), header))
              : Optional.empty();
      return new ArchiveRecordWalk(segment, header, store, walk);
    } catch (RuntimeException e) {
      store.close();
      throw e;
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
  public Optional<JournalRecord> next(int wantedType) {
    while (forward()) {
      ahead = false;
      if (type() == RecordFormat.EXCHANGE) {
        sequence = walk.orElseThrow().sequence() + 1;
      }
      if (type() == wantedType) {
        return Optional.of(record());
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<JournalRecord> exchange(long wanted) {
    while (forward()) {
      long here = walk.orElseThrow().sequence();
      if (type() == RecordFormat.EXCHANGE && here >= wanted) {
        // one further on is left where it is: it may be asked for next
        ahead = here > wanted;
        sequence = ahead ? here : here + 1;
        return ahead ? Optional.empty() : Optional.of(record());
      }
      ahead = false;
    }
    return Optional.empty();
  }

  private boolean forward() {
    return ahead || walk.map(ArchiveWalk::next).orElse(false);
  }

  private int type() {
    return walk.orElseThrow().type();
  }

  private JournalRecord record() {
    ArchiveWalk here = walk.orElseThrow();
    OptionalLong number =
        here.type() == RecordFormat.EXCHANGE
            ? OptionalLong.of(here.sequence())
            : OptionalLong.empty();
    return new JournalRecord(
        header.firstLeaf() + here.place(),
        number,
        Arrays.copyOf(here.body().array(), here.body().length()));
  }

  @Override
  public void close() {
    walk.ifPresent(ArchiveWalk::close);
    store.close();
  }
}
