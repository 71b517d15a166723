package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where an exchange stands in the tree, and its bytes. */
final class LeafLookup {
  private final LeafFiles leaves;

  LeafLookup(LeafFiles leaves) {
    this.leaves = leaves;
  }

  OptionalLong leafOf(long sequence) throws IOException {
    List<LeafFiles.Part> parts = leaves.parts();
    int index = parts.size() - 1;
    while (index >= 0 && parts.get(index).firstSequence() > sequence) {
      index--;
    }
    if (index < 0 || sequence < 0) {
      throw noSuch(sequence);
    }
    LeafFiles.Part part = parts.get(index);
    boolean sealed = index + 1 < parts.size();
    long place = sequence - part.firstSequence();
    if (sealed && parts.get(index + 1).firstSequence() - part.firstSequence() == part.count()) {
      return OptionalLong.of(part.firstLeaf() + place);
    }
    if (!Files.exists(part.segment())) {
      if (part.count() <= place) {
        throw noSuch(sequence);
      }
      return OptionalLong.empty();
    }
    return OptionalLong.of(walkTo(part, place, sequence));
  }

  private static long walkTo(LeafFiles.Part part, long place, long sequence) throws IOException {
    try (var file = SegmentFile.openToRead(part.segment())) {
      var scanner = new RecordScanner(file, SegmentHeader.read(file).length());
      long leaf = part.firstLeaf();
      long left = place;
      while (leaf < part.end() && scanner.next() == RecordScanner.State.RECORD) {
        if (scanner.type() == RecordFormat.EXCHANGE && left-- == 0) {
          return leaf;
        }
        leaf++;
      }
      throw noSuch(sequence);
    }
  }

  Optional<byte[]> record(long leaf) throws IOException {
    LeafFiles.Part part = leaves.holding(leaf);
    if (!Files.exists(part.segment())) {
      return Optional.empty();
    }
    try (var file = SegmentFile.openToRead(part.segment())) {
      var scanner = new RecordScanner(file, SegmentHeader.read(file).length());
      for (long at = part.firstLeaf(); scanner.next() == RecordScanner.State.RECORD; at++) {
        if (at == leaf) {
          int body = scanner.body();
          return Optional.of(
              Arrays.copyOfRange(scanner.bytes(), body, body + scanner.bodyLength()));
        }
      }
      throw new JournalException(
          "%s ends before record %d of the tree: it is damaged; run 'portcullis journal verify'"
              .formatted(part.segment(), leaf));
    }
  }

  private static JournalException noSuch(long sequence) {
    return new JournalException(
        "There is no exchange of sequence " + sequence + " (expected: one that is in the journal)");
  }
}
