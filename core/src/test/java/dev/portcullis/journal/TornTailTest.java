package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.NEVER;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.readAll;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.JournalSettings;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  void aFlippedBitInWhatWasSignedIsRefusedAndNothingIsChanged() throws Exception {
    var random = new Random(Long.getLong("torn.seed", 12));
    Path closed = temporary.resolve("original");
    for (int round = 0; round < ROUNDS; round++) {
      Path directory = temporary.resolve("round-" + round);
      TestJournals.copy(closed, directory);
      flipAndExpectARefusal(random, directory, segment.length);
    }
  }

  @Test
  void aFlippedBitInWhatWasSyncedIsRefusedAndNothingIsChanged() throws Exception {
    var random = new Random(Long.getLong("torn.seed", 14));
    for (int round = 0; round < ROUNDS / 4; round++) {
      Path directory = temporary.resolve("round-" + round);
      TestJournals.copy(left, directory);
      Path file = SegmentPaths.list(directory).getFirst();
      int synced = offsets.get(1 + random.nextInt(EXCHANGES));
      try (var point = new SyncedPoint(directory)) {
        point.write(file, synced);
      }
      flipAndExpectARefusal(random, directory, synced);
    }
  }

  private void flipAndExpectARefusal(Random random, Path directory, int below) throws Exception {
    Path file = SegmentPaths.list(directory).getFirst();
    byte[] damaged = segment.clone();
    damaged[random.nextInt(below)] ^= (byte) (1 << random.nextInt(8));
    try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(damaged), 0);
    }
    assertThatThrownBy(() -> open(directory, SETTINGS).close())
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("portcullis journal verify");
    assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
  }

  @Test
  void pagesThatAPowerCutLostBeforeOthersAreCutOffAndTheLossIsRecorded() throws Exception {
    var random = new Random(Long.getLong("torn.seed", 13));
    for (int round = 0; round < ROUNDS; round++) {
      Path directory = temporary.resolve("round-" + round);
      TestJournals.copy(left, directory);
      Path file = SegmentPaths.list(directory).getFirst();
      int synced = random.nextInt(EXCHANGES - 1);
      int damagedRecord = synced + random.nextInt(EXCHANGES - 1 - synced);
      byte[] damaged = segment.clone();
      int from = offsets.get(damagedRecord);
      int to = offsets.get(damagedRecord + 1);
      if (random.nextBoolean()) {
        Arrays.fill(damaged, from, from + 1 + random.nextInt(to - from), (byte) 0);
      }
      damaged[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
      try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(damaged), 0);
      }
      try (var point = new SyncedPoint(directory)) {
        point.write(file, offsets.get(synced));
      }
      try (var journal = open(directory, SETTINGS)) {
        assertThat(journal.end()).as("round %d", round).isEqualTo(damagedRecord);
        assertThat(readAll(journal, 0)).isEqualTo(written.subList(0, damagedRecord));
        assertThat(record(journal, written.getFirst())).isEqualTo(damagedRecord);
      }
      int lost = EXCHANGES - damagedRecord;
      assertThat(JournalVerifier.verify(directory, Optional.empty()))
          .as("round %d", round)
          .isInstanceOfSatisfying(
              Verification.Verified.class,
              verified -> {
                assertThat(verified.exchanges()).isEqualTo(damagedRecord + 1);
                assertThat(verified.lost()).isEqualTo(lost);
                assertThat(verified.gaps())
                    .singleElement()
                    .extracting(Gap::reason)
                    .isEqualTo("torn");
              });
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
