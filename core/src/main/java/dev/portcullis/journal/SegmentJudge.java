package dev.portcullis.journal;

import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Names the first wrong record of a segment. A checksum is no secret, and neither is a hash file:
 * whoever alters a record can mend both. But the hash file as it was gives the roots that were
 * signed. So where it still does, it is right, and tells which record isn't; where it doesn't, only
 * the range between two checkpoints can be named.
 */
final class SegmentJudge {
  private final TrustedCheckpoints trusted;
  private final WalkedSegment segment;
  private final List<Path> following;
  private final MerkleTree before;
  private final long sequenceBefore;

  /**
   * Of one segment.
   *
   * @param following the segments after it
   * @param before the tree before its first record, verified
   */
  SegmentJudge(
      TrustedCheckpoints trusted,
      WalkedSegment segment,
      List<Path> following,
      MerkleTree before,
      long sequenceBefore) {
    this.trusted = trusted;
    this.segment = segment;
    this.following = following;
    this.before = before;
    this.sequenceBefore = sequenceBefore;
  }

  /** How many records are to be taken into the tree: all but an unfinished end. */
  int intact() {
    int first = segment.firstDifference();
    return first >= 0 && isUnfinishedEnd(first) ? first : segment.count();
  }

  Optional<Damaged> judge() throws IOException {
    int first = segment.firstDifference();
    if (first < 0 || isUnfinishedEnd(first)) {
      return Optional.empty();
    }
    Optional<TreeHead> covering = trusted.covering(before.size() + first);
    if (covering.isEmpty()) {
      return Optional.of(classify(first, " (no checkpoint covers it yet)"));
    }
    Optional<String> storedRoot = rootOfStored(covering.get().size());
    if (storedRoot.equals(Optional.of(covering.get().root()))) {
      return Optional.of(classify(first, ""));
    }
    if (rootOfRecords(covering.get().size()).equals(Optional.of(covering.get().root()))
        && !segment.hasBadChecksum(first)) {
      return Optional.of(hashFileDamaged(first));
    }
    if (segment.hasBadChecksum(first) || segment.end() != RecordScanner.State.END) {
      return Optional.of(classify(first, ""));
    }
    // neither gives the signed root: the caller's walk through the checkpoints names the range
    return Optional.empty();
  }

  /** Only at the journal's very end, beyond all that was signed or hashed. */
  private boolean isUnfinishedEnd(int first) {
    boolean cut = first == segment.count() && segment.end() != RecordScanner.State.END;
    boolean lastBad = first == segment.count() - 1 && segment.hasBadChecksum(first);
    return following.isEmpty()
        && (cut || lastBad)
        && segment.storedCount() <= first
        && before.size() + first >= trusted.size();
  }

  private Damaged classify(int record, String addition) {
    if (record >= segment.count()) {
      return segment.end() == RecordScanner.State.BROKEN || isCutInTheMiddle()
          ? damaged(record, What.ALTERED, "was altered: no record begins there" + addition)
          : following.isEmpty()
              ? damaged(record, What.TRUNCATED, "is missing: the journal was cut off" + addition)
              : damaged(record, What.MISSING, "is missing" + addition);
    }
    if (segment.hasBadChecksum(record) || record >= segment.storedCount()) {
      return damaged(record, What.ALTERED, "was altered: its checksum is wrong" + addition);
    }
    int now = segment.placeOfStored(record, record + 1);
    int former = segment.formerPlace(record, record + 1);
    if (now >= 0 && former >= 0) {
      return damaged(
          record,
          What.REORDERED,
          "was moved: it stands %d records further on%s".formatted(now - record, addition));
    }
    if (now >= 0) {
      return damaged(
          record, What.ALTERED, "is not the one written there: it was put in" + addition);
    }
    if (former >= 0) {
      return damaged(record, What.MISSING, "is missing: it was taken out" + addition);
    }
    return damaged(record, What.ALTERED, "was altered, and its checksum made to fit" + addition);
  }

  private boolean isCutInTheMiddle() {
    return segment.end() == RecordScanner.State.CUT
        && (!following.isEmpty() || segment.storedCount() > segment.count() + 1);
  }

  private Damaged damaged(int record, What what, String sentence) {
    long sequence = sequenceBefore + segment.exchangesBefore(record);
    String file = JournalVerifier.name(segment.path());
    long offset = segment.offset(record);
    return new Damaged(
        file,
        offset,
        sequence,
        what,
        "The record of sequence %d (record %d of the tree; %s, byte %d) %s"
            .formatted(sequence, before.size() + record, file, offset, sentence));
  }

  private Damaged hashFileDamaged(int record) {
    String file = JournalVerifier.name(SegmentPaths.leaves(segment.path()));
    return new Damaged(
        file,
        (long) record * MerkleHash.BYTES,
        sequenceBefore + segment.exchangesBefore(record),
        What.ALTERED,
        "The hash file %s was altered; the records themselves are as signed".formatted(file));
  }

  private Optional<String> rootOfStored(long size) throws IOException {
    MerkleTree tree = before.copy();
    add(tree, segment.stored(), segment.storedCount(), size);
    for (int i = 0; i < following.size() && tree.size() < size; i++) {
      byte[] leaves = WalkedSegment.storedLeaves(following.get(i));
      add(tree, leaves, leaves.length / MerkleHash.BYTES, size);
    }
    return rootAt(tree, size);
  }

  private Optional<String> rootOfRecords(long size) throws IOException {
    MerkleTree tree = before.copy();
    add(tree, segment.hashes(), segment.count(), size);
    for (int i = 0; i < following.size() && tree.size() < size; i++) {
      try {
        WalkedSegment next = WalkedSegment.read(following.get(i));
        add(tree, next.hashes(), next.count(), size);
      } catch (JournalException noSegment) {
        return Optional.empty();
      }
    }
    return rootAt(tree, size);
  }

  private static void add(MerkleTree tree, byte[] leaves, int count, long size) {
    for (int i = 0; i < count && tree.size() < size; i++) {
      tree.add(leaves, i * MerkleHash.BYTES);
    }
  }

  private static Optional<String> rootAt(MerkleTree tree, long size) {
    return tree.size() == size
        ? Optional.of(Base64.getEncoder().encodeToString(tree.root()))
        : Optional.empty();
  }

  /** What the header says against what the walk so far has shown. */
  Optional<Damaged> judgeHeader() {
    SegmentHeader header = segment.header();
    if (header.firstLeaf() > before.size()) {
      String missing = JournalVerifier.name(SegmentPaths.segment(Path.of(""), sequenceBefore));
      return Optional.of(
          new Damaged(
              missing,
              0,
              sequenceBefore,
              What.MISSING,
              "The records from sequence %d up to %d are missing: %s, or its end, was taken out"
                  .formatted(sequenceBefore, header.firstSequence() - 1, missing)));
    }
    boolean right =
        header.firstLeaf() == before.size()
            && header.firstSequence() == sequenceBefore
            && SegmentPaths.firstSequence(segment.path()) == sequenceBefore;
    return right
        ? Optional.empty()
        : Optional.of(
            headerDamaged("does not continue the segment before it: records were put in there"));
  }

  /**
   * Whether the header's tree is that of the records before. If it isn't, either may be the wrong
   * one: the next checkpoint tells.
   */
  Optional<Damaged> suspectHeader() {
    return Arrays.equals(segment.header().frontier(), before.frontier())
        ? Optional.empty()
        : Optional.of(headerDamaged("was altered: its tree is not that of the records before it"));
  }

  private Damaged headerDamaged(String sentence) {
    String file = JournalVerifier.name(segment.path());
    return new Damaged(
        file, 0, sequenceBefore, What.ALTERED, "The header of %s %s".formatted(file, sentence));
  }
}
