package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.RetentionSettings;
import dev.portcullis.journal.archive.ArchivePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has outlived its period goes, is recorded as gone, and nothing else can pass for it. */
class RetentionTest {
  private static final int EXCHANGES = 300;
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path temporary;

  private Path directory() {
    return temporary.resolve("journal");
  }

  private FileJournal journal() {
    return open(directory(), settings(12_000, Duration.ofMillis(10)));
  }

  /** Of a class: number 0 is the oldest. */
  private static Exchange aged(int number, Duration age, Set<String> classes) {
    Exchange one = numbered(number);
    return new Exchange(
        Instant.now().minus(age),
        one.duration(),
        one.route(),
        one.credential(),
        one.account(),
        one.claimed(),
        one.source(),
        one.client(),
        one.method(),
        one.path(),
        one.status(),
        one.requestBytes(),
        one.responseBytes(),
        one.outcome(),
        one.findings(),
        Carried.of(classes, List.of(), Observation.COMPLETE),
        one.request());
  }

  private static List<Long> numbers(FileJournal journal) {
    var numbers = new ArrayList<Long>();
    try (var reader = journal.read(0)) {
      reader.forEachRemaining(entry -> {
        numbers.add(TestJournals.numberOf(entry.exchange()));
        assertThat(entry.sequence()).isEqualTo(numbers.getLast());
      });
    }
    return numbers;
  }

  private Verification.Verified verified() {
    Verification result = JournalVerifier.verify(directory(), Optional.empty());
    assertThat(result).as(result.text()).isInstanceOf(Verification.Verified.class);
    return (Verification.Verified) result;
  }

  private static final RetentionSettings RULE =
      new RetentionSettings(
          Optional.of(DAY.multipliedBy(100)), Map.of("health", DAY.multipliedBy(1_000)));

  /** 150 to 200 days old: every third with health data, every third with two classes. */
  private void recordOldOnes(FileJournal journal) throws Exception {
    for (int i = 0; i < EXCHANGES; i++) {
      Set<String> classes =
          switch (i % 3) {
            case 0 -> Set.of("contact");
            case 1 -> Set.of("health");
            default -> Set.of("contact", "health");
          };
      Duration age = DAY.multipliedBy(200).minus(Duration.ofHours(4L * i));
      record(journal, aged(i, age, classes));
    }
    journal.archive(Duration.ZERO);
  }

  @Test
  void theLongestPeriodOfAnExchangesClassesCountsAndTheJournalStaysVerifiable() throws Exception {
    try (var journal = journal()) {
      recordOldOnes(journal);
      long live = EXCHANGES - lastArchived();
      var preview = journal.retain(RULE, Holds.NONE, true);
      assertThat(numbers(journal)).hasSize(EXCHANGES);
      var report = journal.retain(RULE, Holds.NONE, false);
      assertThat(report.exchanges()).isEqualTo(preview.exchanges()).isPositive();
      assertThat(report.files()).isEqualTo(preview.files()).isNotEmpty();
      List<Long> expected =
          LongStream.range(0, EXCHANGES)
              .filter(i -> i % 3 != 0 || i >= EXCHANGES - live)
              .boxed()
              .toList();
      assertThat(numbers(journal)).isEqualTo(expected);
      assertThat(journal.retain(RULE, Holds.NONE, false).exchanges()).isZero();
      assertThat(verified().expired()).isEqualTo(report.exchanges());
    }
    try (var journal = journal()) {
      assertThat(journal.end()).isEqualTo(EXCHANGES);
      assertThat(numbers(journal)).doesNotContain(0L, 3L).contains(1L, 2L);
    }
    assertThat(verified().text()).contains("retention removed them");
  }

  private long lastArchived() throws Exception {
    List<Path> segments = SegmentPaths.list(directory());
    return SegmentPaths.firstSequence(segments.getLast());
  }

  @Test
  void aFileOfWhichNothingStaysGoesAndTheSequencesGoOn() throws Exception {
    var all = new RetentionSettings(Optional.of(DAY), Map.of("health", DAY));
    try (var journal = journal()) {
      recordOldOnes(journal);
      long last = lastArchived();
      var report = journal.retain(all, Holds.NONE, false);
      assertThat(report.files()).allSatisfy(file -> assertThat(file.remaining()).isZero());
      assertThat(ArchivePaths.list(directory())).isEmpty();
      assertThat(numbers(journal).getFirst()).isEqualTo(last);
      assertThat(journal.firstSince(Instant.EPOCH, 0, journal.end())).isZero();
      assertThat(journal.firstSince(Instant.MAX, 0, journal.end())).isEqualTo(EXCHANGES);
      record(journal, aged(EXCHANGES, Duration.ZERO, Set.of()));
      assertThat(numbers(journal).getLast()).isEqualTo(EXCHANGES);
      assertThat(verified().expired()).isEqualTo(last);
    }
    // what was recorded of it is archived in its turn, and still counts
    try (var journal = journal()) {
      for (int i = EXCHANGES + 1; i < EXCHANGES + 300; i++) {
        record(journal, aged(i, Duration.ZERO, Set.of()));
      }
      assertThat(journal.archive(Duration.ZERO).segments()).isPositive();
    }
    assertThat(verified().expired()).isPositive();
  }

  @Test
  void aLegalHoldBeatsRetention() throws Exception {
    Holds holds =
        new Holds() {
          @Override
          public boolean isEmpty() {
            return false;
          }

          @Override
          public boolean holds(JournalEntry entry) {
            return entry.sequence() % 6 == 0;
          }
        };
    try (var journal = journal()) {
      recordOldOnes(journal);
      var report = journal.retain(RULE, holds, false);
      assertThat(report.held()).isPositive();
      assertThat(numbers(journal)).contains(0L, 6L).doesNotContain(3L, 9L);
      assertThat(verified().expired()).isEqualTo(report.exchanges());
    }
  }

  @Test
  void withoutARuleNothingGoes() throws Exception {
    try (var journal = journal()) {
      recordOldOnes(journal);
      assertThat(journal.retain(RetentionSettings.KEEP, Holds.NONE, false).exchanges()).isZero();
      var classAlone = new RetentionSettings(Optional.empty(), Map.of("health", DAY));
      journal.retain(classAlone, Holds.NONE, false);
      // those of contact too are kept for ever, since nothing says how long contact is kept
      assertThat(numbers(journal)).contains(0L, 2L, 3L, 5L).doesNotContain(1L, 4L);
    }
  }

  @Test
  void aDeletionIsNotTakenForRetention() throws Exception {
    try (var journal = journal()) {
      recordOldOnes(journal);
      journal.retain(RULE, Holds.NONE, false);
    }
    verified();
    Path file = ArchivePaths.list(directory()).get(1);
    long first = Long.parseLong(file.getFileName().toString().replace(".parquet", ""));
    long kept = first + (first % 3 == 0 ? 1 : 0);
    byte[] original = Files.readAllBytes(file);
    ArchiveTest.rewrite(file, "SELECT * FROM rows WHERE sequence <> " + kept);
    Verification result = JournalVerifier.verify(directory(), Optional.empty());
    assertThat(result)
        .isInstanceOfSatisfying(
            Verification.Damaged.class,
            damaged -> {
              assertThat(damaged.what()).isEqualTo(Verification.Damaged.What.MISSING);
              assertThat(damaged.sequence()).isEqualTo(kept);
              assertThat(damaged.text()).contains("no signed record of retention");
            });
    Files.write(file, original);
    verified();
  }

  @Test
  void killedBetweenRecordAndRemovalItIsDoneAgain() throws Exception {
    Path before = temporary.resolve("before");
    try (var journal = journal()) {
      recordOldOnes(journal);
      TestJournals.copy(ArchivePaths.directory(directory()), before);
      journal.retain(RULE, Holds.NONE, false);
    }
    long expired = verified().expired();
    // as if the renaming had not reached the disk
    TestJournals.copy(before, ArchivePaths.directory(directory()));
    assertThat(verified().expired()).isZero();
    try (var journal = journal()) {
      assertThat(numbers(journal)).hasSize(EXCHANGES);
      journal.retain(RULE, Holds.NONE, false);
    }
    assertThat(verified().expired()).isEqualTo(expired);
  }

  @Test
  void rangesOfAnyFormComeBack() {
    var random = new Random(5);
    for (int round = 0; round < 200; round++) {
      var records = new BitSet();
      for (int i = random.nextInt(2_000); i > 0; i--) {
        int from = random.nextInt(100_000);
        records.set(from, from + 1 + random.nextInt(random.nextInt(300) + 1));
      }
      assertThat(LeafRanges.decode(LeafRanges.encode(records))).isEqualTo(records);
    }
    var expiry = new Expiry(Instant.EPOCH, "default 1d", 77, 3, new byte[] {1, 2});
    byte[] bytes = expiry.encode();
    Expiry read = Expiry.decode(bytes, 0, bytes.length);
    assertThat(read.ranges()).containsExactly(1, 2);
    assertThat(read.rule()).isEqualTo("default 1d");
    assertThat(read.segment()).isEqualTo(77);
  }
}
