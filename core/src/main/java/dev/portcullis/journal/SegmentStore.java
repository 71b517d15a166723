package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All segments. The writer appends and rotates, the syncer forces, readers look paths up; the lock
 * keeps a segment from being closed while it is forced.
 */
final class SegmentStore {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentStore.class);

  private final Path journal;
  private final SegmentFile.Opener opener;
  private final ConcurrentSkipListMap<Long, Path> byFirstSequence = new ConcurrentSkipListMap<>();
  private final ReentrantLock forcing = new ReentrantLock();
  private final SyncedPoint point;
  private volatile ActiveSegment active;

  SegmentStore(Path journal, SegmentFile.Opener opener, Opening.Opened opened) {
    this.journal = journal;
    this.opener = opener;
    this.active = opened.active();
    this.point = new SyncedPoint(journal);
    opened.segments().forEach(path -> byFirstSequence.put(SegmentPaths.firstSequence(path), path));
  }

  /** By the writer alone. */
  void append(Batch batch) throws IOException {
    active.append(batch);
  }

  /** By the writer alone: starts another segment when this one has its size. */
  void rotateBeyond(long size, MerkleTree tree, long sequence) throws IOException {
    // one without an exchange would leave its name to the next one
    boolean hasExchange = !byFirstSequence.containsKey(sequence);
    if (active.end() < size || !hasExchange) {
      return;
    }
    forcing.lock();
    try {
      active.forceAll();
      ActiveSegment next = ActiveSegment.create(journal, opener, tree, sequence);
      ActiveSegment sealed = active;
      active = next;
      byFirstSequence.put(sequence, next.path());
      closeSealed(sealed);
    } finally {
      forcing.unlock();
    }
  }

  private static void closeSealed(ActiveSegment sealed) {
    try {
      sealed.close();
    } catch (IOException e) {
      // it is durable already: nothing is lost but a file handle
      LOG.warn("Closing the segment {} failed: {}", sealed.path(), e.getMessage());
    }
  }

  /** By the writer alone. */
  void cutTail() throws IOException {
    active.cutTail();
  }

  void force() throws IOException {
    forcing.lock();
    try {
      active.force();
      point.write(active.path(), active.synced());
    } finally {
      forcing.unlock();
    }
  }

  /** By the writer alone. */
  void rewriteUnsynced() throws IOException {
    forcing.lock();
    try {
      active.rewriteUnsynced();
      point.write(active.path(), active.synced());
    } finally {
      forcing.unlock();
    }
  }

  /** After the last append and force. */
  void close() throws IOException {
    forcing.lock();
    try {
      try (point) {
        active.forceAll();
        point.write(active.path(), active.synced());
      } finally {
        active.close();
      }
    } finally {
      forcing.unlock();
    }
  }

  /** The segment that holds that sequence. */
  Path holding(long sequence) {
    return byFirstSequence.floorEntry(sequence).getValue();
  }

  /** All of them, in order; the last one may be empty. */
  List<Path> all() {
    return List.copyOf(byFirstSequence.values());
  }

  /** Those that nothing is written to any more, in order. */
  List<Path> sealed() {
    Path written = active.path();
    return byFirstSequence.values().stream().takeWhile(path -> !path.equals(written)).toList();
  }

  /** Where the segment after the one that holds that sequence begins. */
  Optional<Long> nextAfter(long sequence) {
    return Optional.ofNullable(byFirstSequence.higherKey(sequence));
  }

  /** The segment that begins at that sequence, as the next one after a sealed one does. */
  boolean beginsAt(long sequence) {
    return byFirstSequence.containsKey(sequence);
  }
}
