package dev.portcullis.journal;

import dev.portcullis.journal.Verification.Damaged;
import dev.portcullis.journal.Verification.Damaged.What;
import dev.portcullis.journal.Verification.Verified;
import dev.portcullis.journal.archive.ArchivePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a journal, or a copy of one, with nothing but a public key; the journal may be running.
 *
 * <p>Every record's checksum, every record's hash against the hash file, and the tree's root at
 * every signed checkpoint (RFC 6962). Who takes the end off and the checkpoints with it can only be
 * found by comparing with a checkpoint kept elsewhere.
 */
public final class JournalVerifier {
  private final Path directory;
  private final KeyChain chain;
  private final KeyRecords newKeys;
  private final Attestations attestations;
  private final TrustedCheckpoints trusted;
  private final MerkleTree tree = new MerkleTree();
  private final List<Gap> gaps = new ArrayList<>();
  private long lost;
  private long sequence;
  private long tornBytes;
  private final ExpiredRecords expired = new ExpiredRecords();

  /** A header that disagrees with the records before it, until a checkpoint says who is right. */
  private Optional<Damaged> suspect = Optional.empty();

  /** Next of the trusted checkpoints to be met. */
  private int checked;

  /** Where the last checkpoint met, and found right, ended. */
  private Place lastRight = new Place("", 0, 0, 0);

  private record Place(String file, long offset, long sequence, long leaf) {}

  private JournalVerifier(
      Path directory, KeyChain chain, TrustedCheckpoints trusted, Attestations attestations) {
    this.directory = directory;
    this.chain = chain;
    this.trusted = trusted;
    this.attestations = attestations;
    this.newKeys = new KeyRecords(chain);
  }

  /**
   * Verifies it.
   *
   * @param vkey the verifier key that was noted when the journal was begun; without it the one in
   *     the directory is taken, which whoever altered the journal may have replaced
   * @throws JournalException if there is no journal, it can't be read, or the key is none
   */
  public static Verification verify(Path directory, Optional<String> vkey) {
    return verify(directory, vkey, Attestors.NONE);
  }

  /**
   * As above, and what others have put their names under is checked too.
   *
   * @param vkey the first key's, also where others have followed: each names the next in the
   *     journal
   * @param attestors whom to believe
   */
  public static Verification verify(Path directory, Optional<String> vkey, Attestors attestors) {
    try {
      Path publicKey = directory.resolve(CheckpointFiles.PUBLIC_KEY);
      if (!Files.isDirectory(SegmentPaths.directory(directory))
          || (vkey.isEmpty() && !Files.exists(publicKey))) {
        throw new JournalException(
            "There is no journal in %s (expected: a directory with segments and journal.pub)"
                .formatted(directory));
      }
      var key = VerifierKey.parse(vkey.isPresent() ? vkey.get() : Files.readString(publicKey));
      // checkpoints first: what is read later can only be longer while the journal runs
      var attestations = new Attestations(attestors);
      var chain = KeyChain.read(directory.resolve(KeyChain.FILE), key);
      var trusted = TrustedCheckpoints.read(directory, chain, attestations);
      return new JournalVerifier(directory, chain, trusted, attestations).walk();
    } catch (IOException e) {
      throw new JournalException("The journal in %s can't be read: %s".formatted(directory, e), e);
    }
  }

  /** As it is called inside the journal's directory. */
  static String name(Path file) {
    if (file.toString().endsWith(SegmentPaths.SEGMENT) && SegmentPaths.isArchived(file)) {
      long first = SegmentPaths.firstSequence(file);
      return "archive/" + ArchivePaths.file(Path.of(""), first).getFileName();
    }
    return "segments/" + file.getFileName();
  }

  private Verification walk() throws IOException {
    List<Path> segments = SegmentPaths.list(directory);
    checkpointsHere(new Place("segments", 0, 0, 0));
    try (var walks = new Walks(segments)) {
      for (int i = 0; i < segments.size(); i++) {
        Optional<Damaged> damaged =
            segment(walks, segments.get(i), segments.subList(i + 1, segments.size()));
        if (damaged.isPresent()) {
          return damaged.get();
        }
      }
    }
    if (tree.size() < trusted.size()) {
      return truncated(segments);
    }
    if (suspect.isPresent()) {
      return suspect.get();
    }
    Optional<Damaged> wrong =
        trusted
            .untrusted()
            .or(() -> newKeys.end(tree.size()))
            .or(() -> attestations.stamped(directory, trusted, chain));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Optional<Damaged> deleted = deleted();
    if (deleted.isPresent()) {
      return deleted.get();
    }
    return new Verified(
        tree.size(),
        sequence,
        Base64.getEncoder().encodeToString(tree.root()),
        checked,
        List.copyOf(gaps),
        lost,
        tree.size() - trusted.size(),
        tornBytes,
        1 + (int) chain.rotations().stream().filter(key -> key.leaf() < tree.size()).count(),
        attestations.attested(),
        expired.count());
  }

  /** A record that the archive lacks, and that no signed record of retention names. */
  private Optional<Damaged> deleted() {
    return expired
        .unexplained()
        .map(one -> {
          Path segment = SegmentPaths.segment(directory, one.segment());
          return new Damaged(
              name(segment),
              0,
              one.sequence(),
              What.MISSING,
              ("The record of sequence %d (record %d of %s) is missing, and %d in all of that file:"
                      + " no signed record of retention says that it expired")
                  .formatted(one.sequence(), one.record(), name(segment), one.records()));
        });
  }

  private Optional<Damaged> segment(Walks walks, Path path, List<Path> following)
      throws IOException {
    WalkedSegment walked;
    try {
      walked = walks.next();
    } catch (JournalException e) {
      return Optional.of(
          new Damaged(
              name(path),
              0,
              sequence,
              What.ALTERED,
              "%s is not a segment any more: %s".formatted(name(path), e.getMessage())));
    }
    var judge = new SegmentJudge(trusted, walked, following, tree, sequence);
    Optional<Damaged> damaged = judge.judgeHeader();
    if (damaged.isEmpty()) {
      suspect = suspect.or(judge::suspectHeader);
      damaged = judge.judge();
    }
    return damaged.isPresent() ? damaged : take(walked, judge.intact());
  }

  /** Takes its records into the tree and compares it with every checkpoint on the way. */
  private Optional<Damaged> take(WalkedSegment walked, int intact) {
    String file = name(walked.path());
    for (int i = 0; i < intact; i++) {
      Optional<Damaged> forged = newKeys.meet(walked, i, tree.size(), sequence);
      if (forged.isPresent()) {
        return forged;
      }
      tree.add(walked.hashes(), i * MerkleHash.BYTES);
      sequence += walked.isExchange(i) ? 1 : 0;
      Optional<Damaged> damaged =
          checkpointsHere(new Place(file, walked.offset(i + 1), sequence, tree.size()));
      if (damaged.isPresent()) {
        return damaged;
      }
    }
    expired.missing(sequence - walked.exchangesBefore(intact), walked);
    walked
        .expiries()
        .forEach((record, expiry) -> {
          // one that no checkpoint covers might have been appended by anybody
          if (tree.size() - intact + record < trusted.size()) {
            expired.recorded(expiry);
          }
        });
    tornBytes += walked.tornBytesFrom(intact);
    lost += walked.lost();
    walked.gaps().stream().limit(Verified.MAX_GAPS - gaps.size()).forEach(gaps::add);
    return Optional.empty();
  }

  private Optional<Damaged> checkpointsHere(Place here) {
    List<TreeHead> heads = trusted.heads();
    if (checked == heads.size() || heads.get(checked).size() != tree.size()) {
      return Optional.empty();
    }
    TreeHead head = tree.head();
    while (checked < heads.size() && heads.get(checked).size() == tree.size()) {
      if (!heads.get(checked).equals(head)) {
        return Optional.of(mismatch(here));
      }
      checked++;
    }
    lastRight = here;
    return suspect;
  }

  private Damaged mismatch(Place here) {
    return new Damaged(
        lastRight.file().isEmpty() || lastRight.leaf() == 0 ? here.file() : lastRight.file(),
        lastRight.offset(),
        lastRight.sequence(),
        What.CHECKPOINT_MISMATCH,
        ("A record from sequence %d up to %d was rewritten, and its hashes with it: the checkpoint"
                + " at %d records is right, the one at %d isn't")
            .formatted(
                lastRight.sequence(),
                Math.max(lastRight.sequence(), here.sequence() - 1),
                lastRight.leaf(),
                here.leaf()));
  }

  private Damaged truncated(List<Path> segments) throws IOException {
    String file = segments.isEmpty() ? "segments" : name(segments.getLast());
    long size = segments.isEmpty() ? 0 : Files.size(segments.getLast());
    return new Damaged(
        file,
        size,
        sequence,
        What.TRUNCATED,
        "The journal ends before sequence %d: %d records that were signed are missing"
            .formatted(sequence, trusted.size() - tree.size()));
  }
}
