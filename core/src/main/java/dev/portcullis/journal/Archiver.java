package dev.portcullis.journal;

import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.ArchiveStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns one sealed segment into a file of the archive. The segment is removed only when the file is
 * durable under its name and every record, read back from it and hashed, gave the leaf that is in
 * the tree. Whatever is left of an attempt that was broken off is done again or removed.
 */
final class Archiver {
  private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);

  private final Path journal;
  private final ArchiveStore archive;

  Archiver(Path journal, ArchiveStore archive) {
    this.journal = journal;
    this.archive = archive;
  }

  /** Removes what a killed process left unfinished. Only while nobody else writes there. */
  static void removeUnfinished(Path journal) throws IOException {
    Path directory = ArchivePaths.directory(journal);
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (var files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SegmentPaths.UNFINISHED)).toList()) {
        remove(file);
      }
    }
  }

  private static void remove(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      try (var inner = Files.list(file)) {
        for (Path each : inner.toList()) {
          Files.delete(each);
        }
      }
    }
    Files.delete(file);
  }

  /**
   * Archives it and returns how many records it had.
   *
   * @throws JournalException if that could not be done; the segment is then as it was
   */
  long archive(Path segment) throws IOException {
    Path file = ArchivePaths.file(journal, SegmentPaths.firstSequence(segment));
    Files.createDirectories(ArchivePaths.directory(journal));
    SegmentHeader header;
    try (var records = SegmentFile.openToRead(segment)) {
      header = SegmentHeader.read(records);
      if (!Files.exists(file)) {
        write(segment, file, records, header);
      }
    }
    long count = check(segment, file, header);
    putHead(segment, header);
    Files.delete(segment);
    SegmentPaths.sync(SegmentPaths.directory(journal));
    return count;
  }

  private void write(Path segment, Path file, SegmentFile records, SegmentHeader header)
      throws IOException {
    Path fresh = ArchivePaths.unfinished(file);
    boolean written = false;
    try {
      var rows = new SegmentRows(segment, records, header, false);
      archive.write(fresh, rows::next);
      force(fresh);
      check(segment, fresh, header);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      SegmentPaths.sync(ArchivePaths.directory(journal));
      written = true;
    } finally {
      if (!written) {
        discard(fresh);
      }
    }
  }

  /** That the file holds every record of the segment, to the bit. */
  private long check(Path segment, Path file, SegmentHeader header) throws IOException {
    byte[] stored = WalkedSegment.storedLeaves(segment);
    int count = stored.length / MerkleHash.BYTES;
    int met = 0;
    var hash = new MerkleHash();
    byte[] leaf = new byte[MerkleHash.BYTES];
    try (var walk = new ArchiveWalk(archive.rows(file, 0), header)) {
      while (walk.next()) {
        hash.leaf(walk.body().array(), 0, walk.body().length(), leaf, 0);
        int at = met * MerkleHash.BYTES;
        boolean right =
            walk.place() == met
                && met < count
                && Arrays.equals(leaf, 0, MerkleHash.BYTES, stored, at, at + MerkleHash.BYTES);
        if (!right) {
          throw new JournalException(
              "%s, read back, differs from %s at record %d: the segment is kept"
                  .formatted(file, segment, met));
        }
        met++;
      }
    }
    if (met != count) {
      throw new JournalException(
          "%s, read back, has %d records (expected: the %d of %s): the segment is kept"
              .formatted(file, met, count, segment));
    }
    return count;
  }

  /** What a segment's successors and the verifier need of it. */
  private void putHead(Path segment, SegmentHeader header) throws IOException {
    Path head = SegmentPaths.head(segment);
    Path fresh = head.resolveSibling(head.getFileName() + SegmentPaths.UNFINISHED);
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var bytes = ByteBuffer.wrap(header.encode());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, head, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    SegmentPaths.sync(SegmentPaths.directory(journal));
  }

  /**
   * Without hiding why it is discarded; what can't be removed now is when the journal is opened.
   */
  static void discard(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      LOG.warn("{} is of no use and can't be removed: {}", unfinished, e.getMessage());
    }
  }

  static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
