package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.NEVER;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.readAll;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.JournalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What power cuts and killed processes leave behind. */
class TornTailTest {
  private static final JournalSettings SETTINGS = settings(1 << 20, NEVER);
  private static final int EXCHANGES = 40;
  private static final int ROUNDS = Integer.getInteger("torn.rounds", 200);

  @TempDir Path temporary;
  private Path left;
  private final List<Exchange> written = new ArrayList<>();
  private byte[] segment = new byte[0];

  /** Where each record begins, and the end. */
  private final List<Integer> offsets = new ArrayList<>();

  @BeforeEach
  void aJournalThatWasNotClosed() throws Exception {
    left = temporary.resolve("left");
    var random = new Random(3);
    try (var journal = open(temporary.resolve("original"), SETTINGS)) {
      for (int i = 0; i < EXCHANGES; i++) {
        written.add(TestJournals.random(random));
        record(journal, written.getLast());
      }
      TestJournals.copy(temporary.resolve("original"), left);
    }
    Path file = SegmentPaths.list(left).getFirst();
    segment = Files.readAllBytes(file);
    try (var opened = SegmentFile.openToRead(file)) {
      var scanner = new RecordScanner(opened, SegmentHeader.read(opened).length());
      while (scanner.next() == RecordScanner.State.RECORD) {
        offsets.add((int) scanner.offset());
      }
      offsets.add((int) scanner.offset());
    }
  }

  @Test
  void anUnfinishedEndIsCutOffAndTheJournalGoesOn() throws Exception {
    var random = new Random(Long.getLong("torn.seed", 11));
    for (int round = 0; round < ROUNDS; round++) {
      Path directory = temporary.resolve("round-" + round);
      TestJournals.copy(left, directory);
      Path file = SegmentPaths.list(directory).getFirst();
      int survivors = damageTheEnd(random, file);
      damageTheHashes(random, SegmentPaths.leaves(file));
      try (var journal = open(directory, SETTINGS)) {
        assertThat(journal.end()).as("round %d", round).isEqualTo(survivors);
        assertThat(readAll(journal, 0)).isEqualTo(written.subList(0, survivors));
        assertThat(record(journal, written.getFirst())).isEqualTo(survivors);
      }
      assertThat(JournalVerifier.verify(directory, Optional.empty()))
          .as("round %d", round)
          .isInstanceOfSatisfying(
              Verification.Verified.class,
              verified -> assertThat(verified.exchanges()).isEqualTo(survivors + 1));
    }
  }

  @Test
  void aFlippedBitBeforeTheEndIsRefusedAndNothingIsChanged() throws Exception {
    var random = new Random(Long.getLong("torn.seed", 12));
    for (int round = 0; round < ROUNDS; round++) {
      Path directory = temporary.resolve("round-" + round);
      TestJournals.copy(left, directory);
      Path file = SegmentPaths.list(directory).getFirst();
      byte[] damaged = segment.clone();
      int last = offsets.get(EXCHANGES - 1);
      damaged[random.nextInt(last)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThatThrownBy(() -> open(directory, SETTINGS).close())
          .as("round %d", round)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("portcullis journal verify");
      assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }
  }

  /** Returns how many exchanges survive it. */
  private int damageTheEnd(Random random, Path file) throws Exception {
    byte[] garbage = new byte[1 + random.nextInt(300)];
    random.nextBytes(garbage);
    return switch (random.nextInt(4)) {
      case 0 -> cut(random, file);
      case 1 -> flipInTheLast(random, file);
      case 2 -> lengthen(file, new byte[1 + random.nextInt(9_000)]);
      default -> lengthen(file, garbage);
    };
  }

  private int cut(Random random, Path file) throws Exception {
    int length = offsets.getFirst() + random.nextInt(segment.length - offsets.getFirst() + 1);
    Files.write(file, Arrays.copyOf(segment, length));
    return (int) offsets.stream().filter(offset -> offset <= length).count() - 1;
  }

  private int flipInTheLast(Random random, Path file) throws Exception {
    byte[] flipped = segment.clone();
    int last = offsets.get(EXCHANGES - 1);
    int at = last + random.nextInt(segment.length - last);
    flipped[at] ^= (byte) (1 << random.nextInt(8));
    Files.write(file, flipped);
    return EXCHANGES - 1;
  }

  private int lengthen(Path file, byte[] with) throws Exception {
    byte[] longer = Arrays.copyOf(segment, segment.length + with.length);
    System.arraycopy(with, 0, longer, segment.length, with.length);
    Files.write(file, longer);
    return EXCHANGES;
  }

  private static void damageTheHashes(Random random, Path leaves) throws Exception {
    byte[] hashes = Files.readAllBytes(leaves);
    switch (random.nextInt(4)) {
      case 0 -> Files.delete(leaves);
      case 1 -> Files.write(leaves, Arrays.copyOf(hashes, random.nextInt(hashes.length)));
      case 2 -> {
        int from = random.nextInt(EXCHANGES) * MerkleHash.BYTES;
        Arrays.fill(hashes, from, hashes.length, (byte) 0);
        Files.write(leaves, hashes);
      }
      default -> {}
    }
  }
}
