package dev.portcullis.journal;

import dev.portcullis.config.RetentionSettings;
import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.ArchiveStore;
import dev.portcullis.journal.archive.Expired;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Removes what has outlived its period, file by file: first what stays is written beside and read
 * back, then what goes is recorded and signed, then the one takes the other's place. Killed in
 * between, there is at worst a record too many, which removes nothing that had not expired.
 */
final class Retention {
  private final Path journal;
  private final ArchiveStore archive;
  private final ExpiryRecorder recorder;
  private final InstantSource clock;

  Retention(Path journal, ArchiveStore archive, ExpiryRecorder recorder, InstantSource clock) {
    this.journal = journal;
    this.archive = archive;
    this.recorder = recorder;
    this.clock = clock;
  }

  RetentionReport run(List<Path> segments, RetentionSettings settings, Holds holds, boolean preview)
      throws IOException {
    var files = new ArrayList<RetentionReport.File>();
    long exchanges = 0;
    long held = 0;
    int deferred = 0;
    Instant now = clock.instant();
    for (Path segment : settings.keepsAll() ? List.<Path>of() : segments) {
      Path file = ArchivePaths.file(journal, SegmentPaths.firstSequence(segment));
      if (!Files.exists(file)) {
        continue;
      }
      Expired expired = archive.expired(file, settings, now);
      if (expired.isEmpty()) {
        continue;
      }
      long found = expired.size();
      if (!holds.isEmpty()) {
        expired = notHeld(file, expired, holds);
      }
      held += found - expired.size();
      if (expired.isEmpty()) {
        continue;
      }
      if (preview || remove(segment, file, expired, settings, now)) {
        exchanges += expired.size();
        files.add(
            new RetentionReport.File(
                file.getFileName().toString(), expired.size(), expired.records() - expired.size()));
      } else {
        deferred++;
      }
    }
    return new RetentionReport(
        settings.text(), preview, exchanges, held, List.copyOf(files), deferred);
  }

  private Expired notHeld(Path file, Expired expired, Holds holds) {
    try (var reader = new ArchivedReader(archive.rows(file, expired.first()), Long.MAX_VALUE)) {
      var kept = new BitSet();
      while (reader.hasNext()) {
        JournalEntry entry = reader.next();
        if (expired.contains(entry.sequence()) && holds.holds(entry)) {
          kept.set(expired.place(entry.sequence()));
        }
      }
      return expired.without(kept);
    }
  }

  private boolean remove(
      Path segment, Path file, Expired expired, RetentionSettings settings, Instant now)
      throws IOException {
    Path fresh = ArchivePaths.unfinished(file);
    boolean all = expired.size() == expired.records();
    try {
      BitSet places;
      try (var records = SegmentFile.openToRead(SegmentPaths.head(segment))) {
        SegmentHeader header = SegmentHeader.read(records);
        if (!all) {
          archive.writeWithout(file, expired, fresh);
          Archiver.force(fresh);
        }
        places = check(segment, file, fresh, all, header, expired);
      }
      var expiry =
          new Expiry(
              MicroTime.instant(MicroTime.micros(now)),
              settings.text(),
              SegmentPaths.firstSequence(segment),
              expired.size(),
              LeafRanges.encode(places));
      if (!recorder.record(expiry)) {
        return false;
      }
      if (all) {
        Files.delete(file);
      } else {
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      SegmentPaths.sync(ArchivePaths.directory(journal));
      return true;
    } finally {
      Archiver.discard(fresh);
    }
  }

  /**
   * That what stays is, to the bit, all that was there and has not expired; returns the places of
   * what goes.
   */
  private BitSet check(
      Path segment, Path file, Path fresh, boolean all, SegmentHeader header, Expired expired)
      throws IOException {
    byte[] stored = WalkedSegment.storedLeaves(segment);
    BitSet before = places(file, header, stored);
    BitSet after = all ? new BitSet() : places(fresh, header, stored);
    var gone = (BitSet) before.clone();
    gone.andNot(after);
    var extra = (BitSet) after.clone();
    extra.andNot(before);
    if (!extra.isEmpty() || gone.cardinality() != expired.size()) {
      throw new JournalException(
          "%s without what has expired, read back, lacks %d records (expected: %d): nothing was removed"
              .formatted(file, gone.cardinality(), expired.size()));
    }
    return gone;
  }

  private BitSet places(Path file, SegmentHeader header, byte[] stored) {
    var places = new BitSet();
    var hash = new MerkleHash();
    byte[] leaf = new byte[MerkleHash.BYTES];
    try (var walk = new ArchiveWalk(archive.rows(file, 0), header)) {
      while (walk.next()) {
        hash.leaf(walk.body().array(), 0, walk.body().length(), leaf, 0);
        int at = walk.place() * MerkleHash.BYTES;
        if (at + MerkleHash.BYTES > stored.length
            || !Arrays.equals(leaf, 0, leaf.length, stored, at, at + MerkleHash.BYTES)) {
          throw new JournalException(
              "%s differs from its leaf hashes at record %d: nothing was removed; run 'portcullis"
                      .formatted(file, walk.place())
                  + " journal verify' to see what is wrong");
        }
        places.set(walk.place());
      }
    }
    return places;
  }
}
