package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment. It carries the tree's right edge before its first record, so that
 * opening a journal reads one segment and not all.
 */
final class SegmentHeader {
  private static final byte[] MAGIC = "PORTCULJ".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  /** Magic, version, length, first sequence, first leaf. */
  private static final int FIXED_BYTES = 8 + 4 + 4 + 8 + 8;

  private static final int CRC_BYTES = 4;
  private static final int MAX_BYTES = FIXED_BYTES + Long.SIZE * MerkleHash.BYTES + CRC_BYTES;

  private final long firstSequence;
  private final long firstLeaf;
  private final byte[] frontier;

  SegmentHeader(long firstSequence, long firstLeaf, byte[] frontier) {
    this.firstSequence = firstSequence;
    this.firstLeaf = firstLeaf;
    this.frontier = frontier;
  }

  /** Sequence of the first exchange in the segment. */
  long firstSequence() {
    return firstSequence;
  }

  /** Place in the tree of the first record in the segment. */
  long firstLeaf() {
    return firstLeaf;
  }

  byte[] frontier() {
    return frontier;
  }

  MerkleTree tree() {
    return new MerkleTree(firstLeaf, frontier);
  }

  int length() {
    return FIXED_BYTES + frontier.length + CRC_BYTES;
  }

  byte[] encode() {
    var out = new ByteSink(length());
    out.put(MAGIC, 0, MAGIC.length);
    out.putInt(VERSION);
    out.putInt(length());
    out.putLong(firstSequence);
    out.putLong(firstLeaf);
    out.put(frontier, 0, frontier.length);
    out.putInt(RecordFormat.checksum(out.array(), 0, out.length(), new CRC32C()));
    return out.toBytes();
  }

  /**
   * Reads it.
   *
   * @throws JournalException saying what is wrong with it, if something is
   */
  static SegmentHeader read(SegmentFile file) throws IOException {
    var buffer = ByteBuffer.allocate(MAX_BYTES);
    while (buffer.hasRemaining() && file.read(buffer, buffer.position()) > 0) {}
    byte[] bytes = buffer.array();
    if (buffer.position() < FIXED_BYTES + CRC_BYTES
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new JournalException("it does not begin as a segment does (expected: PORTCULJ)");
    }
    var in = new ByteSource(bytes, MAGIC.length, buffer.position() - MAGIC.length);
    int version = in.getInt();
    if (version != VERSION) {
      throw new JournalException(
          "it has version %d (expected: %d); a newer Portcullis wrote it"
              .formatted(version, VERSION));
    }
    int length = in.getInt();
    long firstSequence = in.getLong();
    long firstLeaf = in.getLong();
    int frontierBytes = MerkleTree.frontierBytes(firstLeaf);
    if (length != FIXED_BYTES + frontierBytes + CRC_BYTES || length > buffer.position()) {
      throw new JournalException("its header has a length of " + length + ", which can't be");
    }
    byte[] frontier = in.get(frontierBytes);
    if (in.getInt() != RecordFormat.checksum(bytes, 0, length - CRC_BYTES, new CRC32C())) {
      throw new JournalException("its header's checksum is wrong");
    }
    return new SegmentHeader(firstSequence, firstLeaf, frontier);
  }
}
