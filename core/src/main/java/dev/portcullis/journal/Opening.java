package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the journal's end on start. Only the last segment is read; an unfinished end, as a killed
 * process leaves it, is cut off; any other damage is left as it is and refused.
 */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  /**
   * Where to go on.
   *
   * @param segments all of them, in order
   * @param sequence of the next exchange
   * @param torn what a power cut took, if it is known
   */
  record Opened(
      ActiveSegment active,
      List<Path> segments,
      MerkleTree tree,
      long sequence,
      Optional<Gap> torn) {}

  private final Path journal;
  private final SegmentFile.Opener opener;
  private final Optional<TreeHead> signed;
  private final JournalMeters meters;

  Opening(
      Path journal, SegmentFile.Opener opener, Optional<TreeHead> signed, JournalMeters meters) {
    this.journal = journal;
    this.opener = opener;
    this.signed = signed;
    this.meters = meters;
  }

  Opened open() throws IOException {
    Path directory = SegmentPaths.directory(journal);
    Files.createDirectories(directory);
    removeUnfinished(directory);
    List<Path> segments = SegmentPaths.list(journal);
    if (segments.isEmpty()) {
      if (signed.isPresent() && signed.get().size() > 0) {
        throw damage(directory, 0, 0, signed.get().size() + " signed records are missing");
      }
      var tree = new MerkleTree();
      var active = ActiveSegment.create(journal, opener, tree, 0);
      return new Opened(active, List.of(active.path()), tree, 0, Optional.empty());
    }
    checkSealed(segments);
    return openLast(segments);
  }

  private static void removeUnfinished(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SegmentPaths.UNFINISHED)).toList()) {
        Files.delete(file);
      }
    }
  }

  /** That no segment is missing between two others. */
  private void checkSealed(List<Path> segments) throws IOException {
    long expected = 0;
    for (Path path : segments) {
      SegmentHeader header = header(path);
      if (expected >= 0 && header.firstLeaf() != expected) {
        throw damage(
            path,
            0,
            header.firstSequence(),
            "it begins with record %d of the tree (expected: %d): a segment before it is missing"
                .formatted(header.firstLeaf(), expected));
      }
      Path leaves = SegmentPaths.leaves(path);
      expected =
          Files.exists(leaves)
              ? header.firstLeaf() + Files.size(leaves) / MerkleHash.BYTES
              : -1; // unknown; the verifier reads all
    }
  }

  private SegmentHeader header(Path path) throws IOException {
    try (var file = SegmentFile.openToRead(SegmentPaths.header(path))) {
      SegmentHeader header = SegmentHeader.read(file);
      if (header.firstSequence() != SegmentPaths.firstSequence(path)) {
        throw new JournalException(
            "its header says sequence " + header.firstSequence() + ", its name another");
      }
      return header;
    } catch (JournalException e) {
      throw damage(path, 0, SegmentPaths.firstSequence(path), String.valueOf(e.getMessage()));
    }
  }

  private Opened openLast(List<Path> segments) throws IOException {
    Path path = segments.getLast();
    SegmentHeader header = header(path);
    if (SegmentPaths.isArchived(path)) {
      throw damage(path, 0, header.firstSequence(), "the last segment is missing");
    }
    SegmentFile records = opener.open(path);
    SegmentFile leaves = opener.open(SegmentPaths.leaves(path));
    try {
      MerkleTree tree = header.tree();
      var hashes = new ByteSink(64 << 10);
      long sequence = header.firstSequence();
      var hash = new MerkleHash();
      byte[] leaf = new byte[MerkleHash.BYTES];
      var scanner = new RecordScanner(records, header.length());
      checkSigned(path, tree, header.length(), sequence);
      RecordScanner.State state = scanner.next();
      while (state == RecordScanner.State.RECORD && scanner.isChecksumRight()) {
        hash.leaf(scanner.bytes(), scanner.body(), scanner.bodyLength(), leaf, 0);
        tree.add(leaf, 0);
        hashes.put(leaf, 0, leaf.length);
        sequence += scanner.type() == RecordFormat.EXCHANGE ? 1 : 0;
        checkSigned(path, tree, scanner.offset(), sequence);
        state = scanner.next();
      }
      long end = scanner.offset();
      checkDurable(path, end, sequence, tree.size());
      Optional<Gap> torn =
          state == RecordScanner.State.END
              ? Optional.empty()
              : cutTail(path, records, end, sequence);
      mendLeaves(path, leaves, hashes, sequence);
      // what was read may be in the system's memory alone, as a killed process leaves it
      records.force();
      leaves.force();
      var active = new ActiveSegment(path, records, leaves, header.length(), end, hashes.length());
      return new Opened(active, new ArrayList<>(segments), tree, sequence, torn);
    } catch (IOException | RuntimeException e) {
      records.close();
      leaves.close();
      throw e;
    }
  }

  private void checkSigned(Path path, MerkleTree tree, long offset, long sequence) {
    if (signed.isPresent()
        && signed.get().size() == tree.size()
        && !signed.get().equals(tree.head())) {
      throw damage(
          path,
          offset,
          sequence,
          "a record at or before this one was altered: the tree"
              + " is not the one that was signed");
    }
  }

  /**
   * Nothing is cut off that was signed or synced: that was durable, so what ends before it is no
   * end as a killed process or a power cut leaves it.
   */
  private void checkDurable(Path path, long end, long sequence, long leaves) throws IOException {
    if (signed.isPresent() && signed.get().size() > leaves) {
      throw damage(
          path,
          end,
          sequence,
          "%d records that a checkpoint has signed are missing or damaged"
              .formatted(signed.get().size() - leaves));
    }
    long synced = SyncedPoint.read(journal, path);
    if (end < synced) {
      throw damage(
          path,
          end,
          sequence,
          "%d bytes that were on the disk are missing or damaged".formatted(synced - end));
    }
  }

  /**
   * The pages of what was not synced may have reached the disk in any order: intact records may
   * follow a damaged one, and go with it.
   */
  private Optional<Gap> cutTail(Path path, SegmentFile records, long end, long sequence)
      throws IOException {
    Optional<Gap> following = TornTail.following(records, end);
    long torn = records.size() - end;
    records.truncate(end);
    records.force();
    meters.torn(torn);
    if (following.isPresent()) {
      meters.cut(following.get().lost());
      LOG.error(
          "{} was damaged at byte {}, sequence {}, beyond what was synced and signed, as a power cut"
              + " leaves it: {} bytes are cut off, at least {} exchanges among them, which will"
              + " be recorded as a gap",
          path,
          end,
          sequence,
          torn,
          following.get().lost());
    } else {
      LOG.warn(
          "{} ended in {} bytes of an unfinished record, as a killed process leaves it: cut off at"
              + " byte {}, before sequence {}",
          path,
          torn,
          end,
          sequence);
    }
    return following;
  }

  /** The hash file may be behind (killed in between) or ahead (records cut), but never differ. */
  private void mendLeaves(Path path, SegmentFile leaves, ByteSink hashes, long sequence)
      throws IOException {
    int stored = (int) Math.min(leaves.size(), hashes.length());
    var buffer = ByteBuffer.allocate(stored);
    while (buffer.hasRemaining() && leaves.read(buffer, buffer.position()) > 0) {}
    byte[] found = buffer.array();
    byte[] right = hashes.array();
    int mended = stored - stored % MerkleHash.BYTES;
    for (int at = 0; at + MerkleHash.BYTES <= stored; at += MerkleHash.BYTES) {
      if (!java.util.Arrays.equals(
          found, at, at + MerkleHash.BYTES, right, at, at + MerkleHash.BYTES)) {
        if (!isZero(found, at)) {
          throw damage(
              path,
              0,
              sequence,
              "record %d of this segment differs from its hash".formatted(at / MerkleHash.BYTES));
        }
        // a power cut left a hole: pages that never reached the disk
        mended = at;
        break;
      }
    }
    leaves.truncate(mended);
    SegmentFile.writeFully(
        leaves, ByteBuffer.wrap(right, mended, hashes.length() - mended), mended);
  }

  private static boolean isZero(byte[] bytes, int from) {
    for (int i = from; i < from + MerkleHash.BYTES; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private JournalException damage(Path file, long offset, long sequence, String what) {
    return new JournalException(
        "The journal is damaged at %s, byte %d, sequence %d: %s; nothing was changed: %s"
            .formatted(file, offset, sequence, what, CheckpointFiles.wayOut(journal)));
  }
}
