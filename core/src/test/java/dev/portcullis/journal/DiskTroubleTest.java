package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.NEVER;
import static dev.portcullis.journal.TestJournals.append;
import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.JournalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DiskTroubleTest {
  private static final int ROUNDS = Integer.getInteger("disk.rounds", 25);

  @TempDir Path temporary;

  @Test
  void aFullDiskIsToldAndTheGapIsRecordedWhenThereIsRoomAgain() throws Exception {
    Path directory = temporary.resolve("journal");
    var disk = new FaultyDisk(new Random(1));
    try (var journal = open(directory, settings(1 << 20, NEVER), disk)) {
      record(journal, numbered(0));
      disk.fault = FaultyDisk.Fault.FULL;
      for (int i = 1; i <= 20; i++) {
        long number = i;
        assertThatThrownBy(() -> record(journal, numbered(number)))
            .hasMessageContaining("disk-full");
      }
      assertThat(journal.health().failure())
          .hasValueSatisfying(
              text -> assertThat(text).contains("disk-full").contains("No space left on device"));
      assertThat(journal.health().lost()).isEqualTo(20);
      disk.fault = FaultyDisk.Fault.NONE;
      // nobody needs to append: a gate that refuses meanwhile would never do
      await().atMost(Duration.ofSeconds(60)).until(() -> journal.health().failure().isEmpty());
      assertThat(record(journal, numbered(21))).isEqualTo(1);
    }
    var verified = (Verification.Verified) JournalVerifier.verify(directory, Optional.empty());
    assertThat(verified.lost()).isEqualTo(20);
    assertThat(verified.gaps().getFirst().from()).isEqualTo(numbered(1).at());
    assertThat(verified.gaps().getLast().to()).isEqualTo(numbered(20).at());
  }

  @Test
  void aFailedFsyncIsNeverTakenForASuccess() throws Exception {
    Path directory = temporary.resolve("journal");
    var disk = new FaultyDisk(new Random(1));
    try (var journal = open(directory, settings(1 << 20, NEVER), disk)) {
      disk.fault = FaultyDisk.Fault.FSYNC;
      assertThatThrownBy(() ->
              append(journal, numbered(0), Journal.Durability.SYNCED).get(60, TimeUnit.SECONDS))
          .hasMessageContaining("disk-error");
      disk.fault = FaultyDisk.Fault.NONE;
      var retried =
          await()
              .atMost(Duration.ofSeconds(60))
              .ignoreExceptions()
              .until(
                  () ->
                      append(journal, numbered(1), Journal.Durability.SYNCED)
                          .get(60, TimeUnit.SECONDS),
                  _ -> true);
      assertThat(retried).isPositive();
    }
    assertThat(JournalVerifier.verify(directory, Optional.empty()))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void norIsOneThatFailedBetweenTwoSegments() throws Exception {
    Path directory = temporary.resolve("journal");
    var disk = new FaultyDisk(new Random(1));
    // nothing else makes anything durable
    var settings = new JournalSettings(NEVER, 3_000, 8_192, NEVER);
    try (var journal = open(directory, settings, disk)) {
      disk.fault = FaultyDisk.Fault.FSYNC;
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  record(journal, numbered(i));
                }
              })
          .hasMessageContaining("disk-error");
      assertThat(disk.hasLost()).isTrue();
      disk.fault = FaultyDisk.Fault.NONE;
      await().atMost(Duration.ofSeconds(60)).until(() -> journal.health().failure().isEmpty());
      record(journal, numbered(2_000));
      assertThat(disk.hasLost()).isFalse();
    }
    assertThat(JournalVerifier.verify(directory, Optional.empty()))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void whatAKilledProcessLeftInMemoryAloneIsMadeDurableBeforeTheJournalOpens() throws Exception {
    Path directory = temporary.resolve("journal");
    try (var journal = open(directory, settings(1 << 20, NEVER))) {
      record(journal, numbered(0));
    }
    var disk = new FaultyDisk(new Random(1));
    disk.fault = FaultyDisk.Fault.FSYNC;
    assertThatThrownBy(() -> open(directory, settings(1 << 20, NEVER), disk))
        .hasStackTraceContaining("Input/output error");
  }

  @Test
  void whateverTheDiskDoesNothingAcknowledgedIsMissingAndNoLossIsSilent() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var random = new Random(Long.getLong("disk.seed", 100) + round);
      Path directory = temporary.resolve("round-" + round).resolve("journal");
      var disk = new FaultyDisk(random);
      Map<Long, CompletableFuture<Long>> told = new HashMap<>();
      Set<Long> mayBeThere = new HashSet<>();
      long number = 0;
      try (var journal = open(directory, settings(3_000, Duration.ofMillis(5)), disk)) {
        for (int phase = 0; phase < 6; phase++) {
          var faults = FaultyDisk.Fault.values();
          disk.fault = faults[random.nextInt(faults.length)];
          for (int i = random.nextInt(60); i >= 0; i--) {
            boolean synced = random.nextInt(3) == 0;
            if (synced) {
              mayBeThere.add(number);
            }
            told.put(
                number,
                append(
                    journal,
                    numbered(number++),
                    synced ? Journal.Durability.SYNCED : Journal.Durability.WRITTEN));
          }
          settle(told);
        }
        disk.fault = FaultyDisk.Fault.NONE;
        await().atMost(Duration.ofSeconds(60)).until(() -> journal.health().failure().isEmpty());
        record(journal, numbered(1_000_000));
      }
      check(directory, told, mayBeThere, round);
    }
  }

  private static void settle(Map<Long, CompletableFuture<Long>> told) {
    told.values().forEach(receipt -> receipt.handle((_, _) -> 0).join());
  }

  private static void check(
      Path directory, Map<Long, CompletableFuture<Long>> told, Set<Long> mayBeThere, int round) {
    Map<Long, Long> present = new HashMap<>();
    try (var journal = open(directory, settings(3_000, NEVER));
        var reader = journal.read(0)) {
      while (reader.hasNext()) {
        JournalEntry entry = reader.next();
        Long before = present.put(TestJournals.numberOf(entry.exchange()), entry.sequence());
        assertThat(before).as("recorded twice in round %d", round).isNull();
      }
    }
    long lost = 0;
    for (var each : told.entrySet()) {
      if (each.getValue().isCompletedExceptionally()) {
        lost++;
        if (!mayBeThere.contains(each.getKey())) {
          assertThat(present).as("phantom in round %d", round).doesNotContainKey(each.getKey());
        }
      } else {
        assertThat(present)
            .as("acknowledged in round %d", round)
            .containsEntry(each.getKey(), each.getValue().join());
      }
    }
    var verification = JournalVerifier.verify(directory, Optional.empty());
    assertThat(verification)
        .as("round %d: %s", round, verification.text())
        .isInstanceOf(Verification.Verified.class);
    assertThat(((Verification.Verified) verification).lost()).as("round %d", round).isEqualTo(lost);
  }
}
