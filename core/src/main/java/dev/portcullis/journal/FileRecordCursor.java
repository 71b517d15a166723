package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads only the segments that hold what is asked for. */
final class FileRecordCursor implements RecordCursor {
  private final TreeMap<Long, Path> segments = new TreeMap<>();
  private final Proofs proofs;
  private final InclusionProofs inclusion;
  private final long size;
  private Optional<RecordWalk> walk = Optional.empty();

  FileRecordCursor(List<Path> segments, Proofs proofs, long size) {
    segments.forEach(path -> this.segments.put(SegmentPaths.firstSequence(path), path));
    this.proofs = proofs;
    this.inclusion = new InclusionProofs(proofs, size);
    this.size = size;
  }

  @Override
  public Optional<JournalRecord> exchange(long sequence) {
    var holding = segments.floorEntry(sequence);
    if (holding == null) {
      return Optional.empty();
    }
    try {
      boolean further =
          walk.isPresent()
              && walk.get().segment().equals(holding.getValue())
              && walk.get().sequence() <= sequence;
      if (!further) {
        closeWalk();
        walk = Optional.of(RecordWalk.open(holding.getValue()));
      }
      return walk.orElseThrow().exchange(sequence);
    } catch (IOException e) {
      throw unreadable(holding.getValue(), e);
    }
  }

  @Override
  public List<JournalRecord> gaps(int limit) {
    var gaps = new ArrayList<JournalRecord>();
    List<Path> all = List.copyOf(segments.values());
    for (int i = 0; i < all.size() && gaps.size() < limit; i++) {
      try {
        if (i + 1 == all.size() || hasOtherRecords(all.get(i), all.get(i + 1))) {
          collect(all.get(i), limit, gaps);
        }
      } catch (IOException e) {
        throw unreadable(all.get(i), e);
      }
    }
    return gaps;
  }

  /** Whether there are more leaves than exchanges: the headers tell. */
  private static boolean hasOtherRecords(Path segment, Path next) throws IOException {
    SegmentHeader here = header(segment);
    SegmentHeader there = header(next);
    return there.firstLeaf() - here.firstLeaf() != there.firstSequence() - here.firstSequence();
  }

  private static SegmentHeader header(Path segment) throws IOException {
    try (var file = SegmentFile.openToRead(SegmentPaths.header(segment))) {
      return SegmentHeader.read(file);
    }
  }

  private void collect(Path segment, int limit, List<JournalRecord> gaps) throws IOException {
    try (var records = RecordWalk.open(segment)) {
      Optional<JournalRecord> gap = records.next(RecordFormat.GAP);
      while (gap.isPresent() && gap.get().leaf() < size && gaps.size() < limit) {
        gaps.add(gap.get());
        gap = records.next(RecordFormat.GAP);
      }
    }
  }

  @Override
  public List<byte[]> inclusion(long leaf) {
    return inclusion.of(leaf);
  }

  private static JournalException unreadable(Path segment, IOException e) {
    return new JournalException(segment + " can't be read: " + e, e);
  }

  private void closeWalk() {
    walk.ifPresent(RecordWalk::close);
    walk = Optional.empty();
  }

  @Override
  public void close() {
    closeWalk();
    proofs.close();
  }
}
