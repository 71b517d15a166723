package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The leaf hashes of a journal, as its {@code .leaves} files hold them. The records need not be
 * there: a segment that was archived leaves its hash file behind. Not thread-safe.
 */
final class LeafFiles implements AutoCloseable {
  /**
   * One hash file.
   *
   * @param firstSequence of the segment's first exchange
   * @param firstLeaf its first record's place in the tree
   * @param count leaves in it
   * @param header of its segment, where that is still there
   */
  record Part(
      Path file, long firstSequence, long firstLeaf, long count, Optional<SegmentHeader> header) {
    long end() {
      return firstLeaf + count;
    }

    /** The segment, whether it is there or not. */
    Path segment() {
      return SegmentPaths.segmentOf(file);
    }
  }

  private final List<Part> parts;
  private int open = -1;
  private Optional<SegmentFile> file = Optional.empty();

  private LeafFiles(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Those of that journal, as long as they are now; it may be running.
   *
   * @throws JournalException if one is missing in between
   */
  static LeafFiles of(Path journal) throws IOException {
    var parts = new ArrayList<Part>();
    for (Path file : SegmentPaths.listLeaves(journal)) {
      Path segment = SegmentPaths.segmentOf(file);
      long firstSequence = SegmentPaths.firstSequence(segment);
      Optional<SegmentHeader> header = header(segment);
      long expected = parts.isEmpty() ? 0 : parts.getLast().end();
      if (header.isEmpty() && parts.isEmpty() && firstSequence != 0) {
        throw new JournalException(
            ("%s is the first hash file (expected: the one of sequence 0, or a segment beside it,"
                    + " whose header tells where it stands in the tree): copy the missing files"
                    + " beside it")
                .formatted(file));
      }
      long firstLeaf = header.map(SegmentHeader::firstLeaf).orElse(expected);
      if (!parts.isEmpty() && firstLeaf != expected) {
        throw new JournalException(
            "%s begins with record %d of the tree (expected: %d): the hash file before it is cut off or missing; run 'portcullis journal verify %s'"
                .formatted(file, firstLeaf, expected, journal));
      }
      long count = Files.size(file) / MerkleHash.BYTES;
      parts.add(new Part(file, firstSequence, firstLeaf, count, header));
    }
    return new LeafFiles(List.copyOf(parts));
  }

  private static Optional<SegmentHeader> header(Path segment) throws IOException {
    if (!Files.exists(segment)) {
      return Optional.empty();
    }
    try (var records = SegmentFile.openToRead(segment)) {
      return Optional.of(SegmentHeader.read(records));
    } catch (JournalException e) {
      throw new JournalException(segment + " can't be used: " + e.getMessage(), e);
    }
  }

  List<Part> parts() {
    return parts;
  }

  /** The first leaf whose hash is there. */
  long first() {
    return parts.isEmpty() ? 0 : parts.getFirst().firstLeaf();
  }

  /** The leaf after the last. */
  long end() {
    return parts.isEmpty() ? 0 : parts.getLast().end();
  }

  /** Hashes of consecutive leaves, one after the other. */
  byte[] read(long first, int count) throws IOException {
    var buffer = ByteBuffer.allocate(count * MerkleHash.BYTES);
    long leaf = first;
    while (buffer.hasRemaining()) {
      int index = indexOf(leaf);
      Part part = parts.get(index);
      long here = Math.min(part.end() - leaf, buffer.remaining() / MerkleHash.BYTES);
      buffer.limit(buffer.position() + (int) here * MerkleHash.BYTES);
      long at = (leaf - part.firstLeaf()) * MerkleHash.BYTES;
      SegmentFile from = opened(index);
      while (buffer.hasRemaining()) {
        int read = from.read(buffer, at);
        if (read < 0) {
          throw new JournalException(part.file() + " was cut off while it was read: try again");
        }
        at += read;
      }
      buffer.limit(buffer.capacity());
      leaf += here;
    }
    return buffer.array();
  }

  /** The part that holds that leaf. */
  Part holding(long leaf) {
    return parts.get(indexOf(leaf));
  }

  private int indexOf(long leaf) {
    int low = 0;
    int high = parts.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (parts.get(middle).firstLeaf() <= leaf) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (parts.isEmpty() || leaf < parts.get(low).firstLeaf() || leaf >= parts.get(low).end()) {
      throw new JournalException(
          "The hash of record %d is not here (there are those from %d up to %d)"
              .formatted(leaf, first(), end() - 1));
    }
    return low;
  }

  private SegmentFile opened(int part) throws IOException {
    if (open != part || file.isEmpty()) {
      close();
      file = Optional.of(SegmentFile.openToRead(parts.get(part).file()));
      open = part;
    }
    return file.get();
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
      file = Optional.empty();
    }
  }
}
