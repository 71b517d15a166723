package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anyone can be shown that an exchange is in the journal, and that nothing before it changed. */
class ProofsTest {
  private static final int EXCHANGES = 300;

  @TempDir Path temporary;
  private Path journal;
  private final List<byte[]> leaves = new ArrayList<>();

  @BeforeEach
  void aJournalOfManySegments() throws Exception {
    journal = temporary.resolve("journal");
    try (var written = open(journal, settings(2_000, TestJournals.NEVER))) {
      for (int i = 0; i < EXCHANGES; i++) {
        record(written, numbered(i));
      }
    }
    assertThat(SegmentPaths.list(journal)).hasSizeGreaterThan(5);
    for (Path file : SegmentPaths.listLeaves(journal)) {
      byte[] hashes = Files.readAllBytes(file);
      for (int at = 0; at < hashes.length; at += 32) {
        leaves.add(Arrays.copyOfRange(hashes, at, at + 32));
      }
    }
  }

  /** The definition, word for word (RFC 6962 section 2.1). */
  private byte[] merkleTreeHash(int from, int to) throws Exception {
    var sha256 = MessageDigest.getInstance("SHA-256");
    if (from == to) {
      return sha256.digest();
    }
    if (to - from == 1) {
      return leaves.get(from);
    }
    int half = Integer.highestOneBit(to - from - 1);
    sha256.update((byte) 1);
    sha256.update(merkleTreeHash(from, from + half));
    sha256.update(merkleTreeHash(from + half, to));
    return sha256.digest();
  }

  @Test
  void everyExchangeIsProvedToBeInEveryTreeThatHoldsIt() throws Exception {
    try (var proofs = Proofs.of(journal)) {
      assertThat(proofs.size()).isEqualTo(EXCHANGES);
      for (int size = 0; size <= EXCHANGES; size += size < 20 ? 1 : 23) {
        byte[] root = merkleTreeHash(0, size);
        assertThat(proofs.root(size)).isEqualTo(root);
        for (int leaf = 0; leaf < size; leaf++) {
          List<byte[]> path = proofs.inclusion(leaf, size);
          assertThat(ProofCheck.inclusion(leaves.get(leaf), leaf, size, path, root)).isTrue();
          assertThat(ProofCheck.inclusion(leaves.get(leaf), leaf + 1, size, path, root)).isFalse();
        }
      }
      for (int sequence = 0; sequence < EXCHANGES; sequence += 17) {
        long leaf = proofs.leafOf(sequence).orElseThrow();
        byte[] record = proofs.record(leaf).orElseThrow();
        assertThat(ProofCheck.leafHash(record)).isEqualTo(leaves.get((int) leaf));
        var exchange = ExchangeCodec.decode(record, 1, record.length - 1);
        assertThat(TestJournals.numberOf(exchange)).isEqualTo(sequence);
      }
    }
  }

  @Test
  void everyTreeIsProvedToBeginWithEveryEarlierOne() throws Exception {
    try (var proofs = Proofs.of(journal)) {
      var random = new Random(1);
      for (int round = 0; round < 3_000; round++) {
        int to = random.nextInt(EXCHANGES + 1);
        int from = random.nextInt(to + 1);
        byte[] before = merkleTreeHash(0, from);
        byte[] after = merkleTreeHash(0, to);
        List<byte[]> proof = proofs.consistency(from, to);
        assertThat(ProofCheck.consistency(from, before, to, after, proof)).isTrue();
        if (from > 0 && from < to) {
          after[random.nextInt(32)] ^= 1;
          assertThat(ProofCheck.consistency(from, before, to, after, proof)).isFalse();
        }
      }
    }
  }

  @Test
  void aForgedProofIsNotBelieved() throws Exception {
    try (var proofs = Proofs.of(journal)) {
      var random = new Random(2);
      byte[] root = proofs.root(EXCHANGES);
      for (int round = 0; round < 2_000; round++) {
        int leaf = random.nextInt(EXCHANGES);
        var path = new ArrayList<>(proofs.inclusion(leaf, EXCHANGES));
        switch (random.nextInt(5)) {
          case 0 -> path.get(random.nextInt(path.size()))[random.nextInt(32)] ^= 4;
          case 1 -> path.remove(random.nextInt(path.size()));
          case 2 -> path.add(random.nextInt(path.size()), new byte[32]);
          case 3 -> path.set(random.nextInt(path.size()), new byte[31]);
          default -> path.addAll(List.copyOf(path));
        }
        assertThat(ProofCheck.inclusion(leaves.get(leaf), leaf, EXCHANGES, path, root)).isFalse();
      }
    }
  }

  @Test
  void archivedSegmentsAreProvedFromTheirHashFiles() throws Exception {
    byte[] root = merkleTreeHash(0, EXCHANGES);
    List<Path> segments = SegmentPaths.list(journal);
    for (Path segment : segments.subList(0, segments.size() - 1)) {
      Files.delete(segment);
    }
    try (var proofs = Proofs.of(journal)) {
      assertThat(proofs.root(EXCHANGES)).isEqualTo(root);
      assertThat(proofs.leafOf(3)).hasValue(3);
      assertThat(proofs.record(3)).isEmpty();
      assertThat(
              ProofCheck.inclusion(
                  leaves.get(3), 3, EXCHANGES, proofs.inclusion(3, EXCHANGES), root))
          .isTrue();
    }
  }

  @Test
  void whatIsLeftAfterOldSegmentsWereTakenAwayIsStillProved() throws Exception {
    byte[] root = merkleTreeHash(0, EXCHANGES);
    List<Path> segments = SegmentPaths.list(journal);
    int taken = segments.size() / 2;
    for (Path segment : segments.subList(0, taken)) {
      Files.delete(segment);
      Files.delete(SegmentPaths.leaves(segment));
    }
    int first = (int) SegmentPaths.firstSequence(segments.get(taken));
    try (var proofs = Proofs.of(journal)) {
      assertThat(proofs.root(EXCHANGES)).isEqualTo(root);
      for (int leaf = first; leaf < EXCHANGES; leaf++) {
        assertThat(
                ProofCheck.inclusion(
                    leaves.get(leaf), leaf, EXCHANGES, proofs.inclusion(leaf, EXCHANGES), root))
            .isTrue();
      }
      assertThatThrownBy(() -> proofs.inclusion(first - 1, EXCHANGES))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is not here");
    }
  }

  @Test
  void aMissingHashFileIsNamed() throws Exception {
    Path third = SegmentPaths.leaves(SegmentPaths.list(journal).get(2));
    Files.delete(third);
    assertThatThrownBy(() -> Proofs.of(journal))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is cut off or missing");
  }
}
