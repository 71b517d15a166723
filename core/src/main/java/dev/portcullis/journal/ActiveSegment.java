package dev.portcullis.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The segment being written and its leaf hashes. One thread appends; {@link #force} may run beside
 * it on another.
 */
final class ActiveSegment {
  private static final int COPY_BYTES = 1 << 20;

  private final Path path;
  private final SegmentFile records;
  private final SegmentFile leaves;
  private final int headerBytes;
  private volatile long end;
  private volatile long synced;
  private long leavesEnd;

  /** Something may lie beyond the ends. */
  private boolean tailUncertain;

  /** An fsync failed: until all is written again none may be believed. */
  private boolean forceFailed;

  private boolean leavesFailed;

  ActiveSegment(
      Path path,
      SegmentFile records,
      SegmentFile leaves,
      int headerBytes,
      long end,
      long leavesEnd) {
    this.path = path;
    this.records = records;
    this.leaves = leaves;
    this.headerBytes = headerBytes;
    this.end = end;
    this.synced = end;
    this.leavesEnd = leavesEnd;
  }

  /** A new one: written beside and renamed, so that no segment ever lacks its header. */
  static ActiveSegment create(
      Path journal, SegmentFile.Opener opener, MerkleTree tree, long firstSequence)
      throws IOException {
    Path path = SegmentPaths.segment(journal, firstSequence);
    Path fresh = path.resolveSibling(path.getFileName() + SegmentPaths.UNFINISHED);
    byte[] header = new SegmentHeader(firstSequence, tree.size(), tree.frontier()).encode();
    SegmentFile records = opener.open(fresh);
    try {
      records.truncate(0);
      SegmentFile.writeFully(records, ByteBuffer.wrap(header), 0);
      records.force();
      SegmentFile leaves = opener.open(SegmentPaths.leaves(path));
      try {
        leaves.truncate(0);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        SegmentPaths.sync(SegmentPaths.directory(journal));
      } catch (IOException | RuntimeException e) {
        leaves.close();
        throw e;
      }
      return new ActiveSegment(path, records, leaves, header.length, header.length, 0);
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  long end() {
    return end;
  }

  /** Up to there it is on the disk. */
  long synced() {
    return synced;
  }

  boolean isEmpty() {
    return end == headerBytes;
  }

  /** All of the batch or, after an exception, none of it. */
  void append(Batch batch) throws IOException {
    cutTail();
    tailUncertain = true;
    int frameBytes = batch.frames().length();
    int leafBytes = batch.records() * MerkleHash.BYTES;
    SegmentFile.writeFully(records, ByteBuffer.wrap(batch.frames().array(), 0, frameBytes), end);
    SegmentFile.writeFully(leaves, ByteBuffer.wrap(batch.leaves(), 0, leafBytes), leavesEnd);
    tailUncertain = false;
    long newEnd = end + frameBytes;
    end = newEnd;
    leavesEnd += leafBytes;
  }

  /** Removes what a failed append may have left behind. */
  void cutTail() throws IOException {
    if (tailUncertain) {
      records.truncate(end);
      leaves.truncate(leavesEnd);
      tailUncertain = false;
    }
  }

  /**
   * Makes durable what was appended before the call.
   *
   * @throws IOException if that failed, now or before the last {@link #rewriteUnsynced}
   */
  void force() throws IOException {
    if (forceFailed) {
      throw new IOException(
          "an fsync of %s failed, and what it was about was not written again yet".formatted(path));
    }
    long target = end;
    if (target > synced) {
      forceRecords();
      synced = target;
    }
  }

  private void forceRecords() throws IOException {
    forceFailed = true;
    records.force();
    forceFailed = false;
  }

  private void forceLeaves() throws IOException {
    leavesFailed = true;
    leaves.force();
    leavesFailed = false;
  }

  /**
   * Writes again what was not durable yet, then makes it so: after a failed fsync the system may
   * have dropped the pages from what it still means to write, and a second fsync would lie.
   */
  void rewriteUnsynced() throws IOException {
    cutTail();
    var scanner = new RecordScanner(records, synced);
    long intact = synced;
    while (intact < end) {
      if (scanner.next() != RecordScanner.State.RECORD || !scanner.isChecksumRight()) {
        throw unreadable(intact);
      }
      intact = scanner.offset() + RecordFormat.FRAME_BYTES + scanner.bodyLength();
    }
    var buffer = ByteBuffer.allocate(COPY_BYTES);
    for (long at = synced; at < end; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(COPY_BYTES, end - at));
      while (buffer.hasRemaining()) {
        if (records.read(buffer, at + buffer.position()) < 0) {
          throw new IOException("%s ended while it was read back".formatted(path));
        }
      }
      SegmentFile.writeFully(records, buffer.flip(), at);
    }
    forceRecords();
    synced = end;
    if (leavesFailed) {
      rewriteLeaves();
    }
  }

  private void rewriteLeaves() throws IOException {
    var hash = new MerkleHash();
    var leaf = new byte[MerkleHash.BYTES];
    var hashes = new ByteSink((int) leavesEnd);
    var scanner = new RecordScanner(records, headerBytes);
    while (hashes.length() < leavesEnd) {
      if (scanner.next() != RecordScanner.State.RECORD || !scanner.isChecksumRight()) {
        throw unreadable(scanner.offset());
      }
      hash.leaf(scanner.bytes(), scanner.body(), scanner.bodyLength(), leaf, 0);
      hashes.put(leaf, 0, leaf.length);
    }
    SegmentFile.writeFully(leaves, ByteBuffer.wrap(hashes.array(), 0, hashes.length()), 0);
    forceLeaves();
  }

  private IOException unreadable(long from) {
    return new IOException(
        "what was written to %s from byte %d on can't be read back".formatted(path, from));
  }

  /** Makes all durable, its leaf hashes too. */
  void forceAll() throws IOException {
    cutTail();
    force();
    forceLeaves();
  }

  void close() throws IOException {
    try (records;
        leaves) {
      cutTail();
    }
  }
}
