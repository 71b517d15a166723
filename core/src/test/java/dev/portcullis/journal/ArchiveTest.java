package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.readAll;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.ArchiveRow;
import dev.portcullis.journal.archive.ArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sealed segments become Parquet, and nobody who reads the journal notices. */
class ArchiveTest {
  private static final int EXCHANGES = 400;

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void aJournalOfSeveralSegments() {
    directory = temporary.resolve("journal");
  }

  private FileJournal journal() {
    return open(directory, settings(12_000, Duration.ofMillis(20)));
  }

  private List<Exchange> recordSome() throws Exception {
    var random = new Random(7);
    var recorded = new ArrayList<Exchange>();
    try (var journal = journal()) {
      for (int i = 0; i < EXCHANGES; i++) {
        Exchange exchange = i % 3 == 0 ? TestJournals.random(random) : numbered(i);
        record(journal, exchange);
        recorded.add(ExchangeCodec.asRecorded(exchange));
      }
      // records that are no exchanges lie between them
      TestJournals.append(journal, numbered(EXCHANGES), Journal.Durability.SYNCED)
          .get(60, TimeUnit.SECONDS);
      recorded.add(numbered(EXCHANGES));
    }
    return recorded;
  }

  @Test
  void everyRecordOfEveryVersionAndTypeComesBackToTheBit() {
    var random = new Random(20_261_125);
    var bodies = new ArrayList<byte[]>();
    var rows = new ArrayDeque<ArchiveRow>();
    var records = new ArchiveRecords();
    long sequence = 1_000;
    for (int i = 0; i < 3_000; i++) {
      byte[] body = body(random, i);
      ArchiveRow row = records.row(body, 0, body.length, sequence, 5_000 + i);
      sequence += row.isExchange() ? 1 : 0;
      bodies.add(body);
      rows.add(row);
    }
    Path file = temporary.resolve("rows.parquet");
    try (var store = new ArchiveStore(256 << 20, temporary.resolve("spill"))) {
      store.write(file, () -> Optional.ofNullable(rows.poll()));
      var header = new SegmentHeader(1_000, 5_000, new byte[MerkleTree.frontierBytes(5_000)]);
      try (var walk = new ArchiveWalk(store.rows(file, 0), header)) {
        for (int i = 0; i < bodies.size(); i++) {
          assertThat(walk.next()).isTrue();
          assertThat(walk.place()).isEqualTo(i);
          assertThat(walk.body().toBytes()).as("record " + i).isEqualTo(bodies.get(i));
        }
        assertThat(walk.next()).isFalse();
      }
    }
  }

  /**
   * Exchanges of both versions; gaps; types to come; exchanges that no codec of ours would write.
   */
  private static byte[] body(Random random, int i) {
    var out = new ByteSink(256);
    switch (i % 8) {
      case 0, 1, 2 -> {
        out.put(RecordFormat.EXCHANGE);
        ExchangeCodec.encode(TestJournals.random(random), out);
      }
      case 3, 4 -> {
        out.put(RecordFormat.EXCHANGE);
        ExchangeCodec.encode(TestJournals.random(random), out, 1);
      }
      case 5 -> {
        out.put(RecordFormat.GAP);
        new Gap(i, Instant.EPOCH, Instant.EPOCH, "disk-full").encode(out);
      }
      case 6 -> {
        byte[] any = new byte[random.nextInt(40)];
        random.nextBytes(any);
        out.put(3 + random.nextInt(200));
        out.put(any, 0, any.length);
      }
      default -> {
        out.put(RecordFormat.EXCHANGE);
        ExchangeCodec.encode(TestJournals.random(random), out);
        byte[] bytes = out.toBytes();
        bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
      }
    }
    return out.toBytes();
  }

  @Test
  void readersVerifierAndReopeningNoticeNothing() throws Exception {
    List<Exchange> recorded = recordSome();
    try (var journal = journal()) {
      int segments = SegmentPaths.list(directory).size();
      assertThat(segments).isGreaterThan(2);
      ArchiveReport report = journal.archive(Duration.ZERO);
      assertThat(report.segments()).isEqualTo(segments - 1);
      assertThat(ArchivePaths.list(directory)).hasSize(segments - 1);
      assertThat(readAll(journal, 0)).isEqualTo(recorded);
      assertThat(readAll(journal, 137)).isEqualTo(recorded.subList(137, recorded.size()));
      record(journal, numbered(EXCHANGES + 1));
      assertThat(journal.archive(Duration.ZERO).segments()).isZero();
    }
    recorded.add(numbered(EXCHANGES + 1));
    try (var files = Files.list(directory.resolve("segments"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".seg"))).hasSize(1);
    }
    try (var journal = journal()) {
      assertThat(readAll(journal, 0)).isEqualTo(recorded);
    }
    assertThat(JournalVerifier.verify(directory, Optional.empty()))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.exchanges()).isEqualTo(recorded.size());
              assertThat(verified.expired()).isZero();
            });
  }

  @Test
  void aSelectionOverArchiveAndLiveTailIsTheOneThatReadingAllGives() throws Exception {
    recordSome();
    var random = new Random(3);
    try (var journal = journal()) {
      var all = new ArrayList<JournalEntry>();
      try (var reader = journal.read(0)) {
        reader.forEachRemaining(all::add);
      }
      var before = new ArrayList<List<JournalEntry>>();
      var selections = new ArrayList<Selection>();
      for (int i = 0; i < 40; i++) {
        Selection selection = selection(random, all);
        selections.add(selection);
        before.add(all.stream().filter(selection::matches).toList());
        assertThat(selected(journal, selection)).isEqualTo(before.getLast());
      }
      journal.archive(Duration.ZERO);
      for (int i = 0; i < 60; i++) {
        record(journal, numbered(i));
      }
      for (int i = 0; i < selections.size(); i++) {
        Selection selection = selections.get(i);
        var expected = new ArrayList<>(before.get(i));
        for (int k = 0; k < 60; k++) {
          var entry = new JournalEntry(all.size() + k, numbered(k));
          if (selection.matches(entry)) {
            expected.add(entry);
          }
        }
        assertThat(selected(journal, selection)).as("%s", selection).isEqualTo(expected);
      }
    }
  }

  private static List<JournalEntry> selected(Journal journal, Selection selection) {
    var entries = new ArrayList<JournalEntry>();
    try (var reader = journal.select(selection)) {
      reader.forEachRemaining(entries::add);
    }
    return entries;
  }

  private static Selection selection(Random random, List<JournalEntry> all) {
    var credentials = new HashSet<String>();
    var accounts = new HashSet<String>();
    var sources = new HashSet<String>();
    var fingerprints = new HashSet<String>();
    var sessions = new HashSet<String>();
    var sequences = new HashSet<Long>();
    for (int i = random.nextInt(5); i > 0; i--) {
      JournalEntry entry = all.get(random.nextInt(all.size()));
      switch (random.nextInt(6)) {
        case 0 -> entry.exchange().credential().ifPresent(credentials::add);
        case 1 -> entry.exchange().account().ifPresent(accounts::add);
        case 2 -> sources.add(entry.exchange().source());
        case 3 -> entry.exchange().client().fingerprint().ifPresent(fingerprints::add);
        case 4 -> entry.exchange().client().session().ifPresent(sessions::add);
        default -> sequences.add(entry.sequence());
      }
    }
    var one = all.get(random.nextInt(all.size())).exchange().at();
    var other = all.get(random.nextInt(all.size())).exchange().at();
    return new Selection(
        credentials,
        accounts,
        sources,
        fingerprints,
        sessions,
        sequences,
        random.nextBoolean() ? Optional.empty() : Optional.of(one.isBefore(other) ? one : other),
        random.nextInt(4) > 0 ? Optional.empty() : Optional.of(one.isBefore(other) ? other : one));
  }

  @Test
  void aMomentIsFoundInTheArchiveAsInTheSegments() throws Exception {
    try (var journal = journal()) {
      for (int i = 0; i < EXCHANGES; i++) {
        record(journal, numbered(i));
      }
      Instant moment = numbered(123).at();
      assertThat(journal.firstSince(moment, 0, journal.end())).isEqualTo(123);
      journal.archive(Duration.ZERO);
      assertThat(journal.firstSince(moment, 0, journal.end())).isEqualTo(123);
      assertThat(journal.firstSince(Instant.MAX, 0, journal.end())).isEqualTo(EXCHANGES);
      assertThat(journal.firstSince(Instant.EPOCH, 10, journal.end())).isEqualTo(10);
    }
  }

  @Test
  void whatAKilledProcessLeavesIsRemovedOrFinishedAndNothingCountsTwice() throws Exception {
    List<Exchange> recorded = recordSome();
    Path untouched = temporary.resolve("untouched");
    TestJournals.copy(directory, untouched);
    try (var journal = journal()) {
      journal.archive(Duration.ZERO);
    }
    List<Path> files = ArchivePaths.list(directory);
    // killed after the file got its name, and after the header did, before the segment went
    for (int i = 0; i < 3; i++) {
      long first = Long.parseLong(files.get(i).getFileName().toString().replace(".parquet", ""));
      Path segment = SegmentPaths.segment(directory, first);
      Files.copy(SegmentPaths.segment(untouched, first), segment);
      if (i % 2 == 0) {
        Files.delete(SegmentPaths.head(segment));
      }
    }
    // killed while a file was written, or while a sort had spilled
    Files.write(
        ArchivePaths.directory(directory).resolve("00000000000000000399.parquet.new"), new byte[5]);
    Files.createDirectories(ArchivePaths.spill(directory));
    Files.write(ArchivePaths.spill(directory).resolve("duckdb_temp_storage-0.tmp"), new byte[5]);
    assertWhole(recorded);
    try (var journal = journal()) {
      assertThat(ArchivePaths.directory(directory).resolve("00000000000000000399.parquet.new"))
          .doesNotExist();
      assertThat(ArchivePaths.spill(directory)).doesNotExist();
      assertThat(readAll(journal, 0)).isEqualTo(recorded);
      assertThat(journal.archive(Duration.ZERO).segments()).isEqualTo(3);
      assertThat(readAll(journal, 0)).isEqualTo(recorded);
    }
    assertWhole(recorded);
  }

  private void assertWhole(List<Exchange> recorded) {
    assertThat(JournalVerifier.verify(directory, Optional.empty()))
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> assertThat(verified.exchanges()).isEqualTo(recorded.size()));
  }

  @Test
  void aSegmentWhoseFileCantBeWrittenStays() throws Exception {
    List<Exchange> recorded = recordSome();
    try (var journal = journal()) {
      // a directory where the file should be: the disk refuses
      Path first = ArchivePaths.unfinished(ArchivePaths.file(directory, 0));
      Files.createDirectories(first.resolve("occupied"));
      assertThatThrownBy(() -> journal.archive(Duration.ZERO))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("stay as they are");
      assertThat(ArchivePaths.list(directory)).isEmpty();
      assertThat(readAll(journal, 0)).isEqualTo(recorded);
      Files.delete(first.resolve("occupied"));
      Files.delete(first);
      assertThat(journal.archive(Duration.ZERO).segments()).isGreaterThan(2);
      assertThat(readAll(journal, 0)).isEqualTo(recorded);
    }
  }

  @Test
  void aSegmentIsArchivedWhenItIsOldEnough() throws Exception {
    recordSome();
    try (var journal = journal()) {
      ArchiveReport report = journal.archive(Duration.ofHours(1));
      assertThat(report.segments()).isZero();
      assertThat(report.waiting()).isGreaterThan(2);
    }
  }

  @Test
  void theFirstRowAlteredTakenOutPutInOrMovedIsNamed() throws Exception {
    try (var journal = journal()) {
      for (int i = 0; i < EXCHANGES; i++) {
        record(journal, numbered(i));
      }
      journal.archive(Duration.ZERO);
    }
    Path file = ArchivePaths.list(directory).get(2);
    byte[] original = Files.readAllBytes(file);
    long first = Long.parseLong(file.getFileName().toString().replace(".parquet", ""));
    rewrite(
        file,
        "SELECT * REPLACE (CASE WHEN sequence = %d THEN 'key-0' ELSE credential_uid END AS credential_uid) FROM rows"
            .formatted(first + 5));
    assertDamaged(Verification.Damaged.What.ALTERED, first + 5);
    Files.write(file, original);
    rewrite(file, "SELECT * FROM rows WHERE sequence <> " + (first + 7));
    assertDamaged(Verification.Damaged.What.MISSING, first + 7);
    Files.write(file, original);
    rewrite(
        file,
        "SELECT * FROM rows UNION ALL SELECT * REPLACE ('/x' AS url_path) FROM rows WHERE sequence = "
            + (first + 3));
    assertDamaged(Verification.Damaged.What.ALTERED, first + 3);
    Files.write(file, original);
    rewrite(
        file,
        "SELECT * REPLACE (CASE WHEN sequence = %1$d THEN %2$d WHEN sequence = %2$d THEN %1$d ELSE sequence END AS sequence) FROM rows"
            .formatted(first + 2, first + 9));
    assertDamaged(Verification.Damaged.What.REORDERED, first + 2);
    Files.delete(file);
    assertDamaged(Verification.Damaged.What.MISSING, first);
    Files.write(file, new byte[100]);
    assertThat(JournalVerifier.verify(directory, Optional.empty()))
        .isInstanceOfSatisfying(
            Verification.Damaged.class, damaged -> assertThat(damaged.sequence()).isEqualTo(first));
    Files.write(file, original);
    assertThat(JournalVerifier.verify(directory, Optional.empty()))
        .isInstanceOf(Verification.Verified.class);
  }

  private void assertDamaged(Verification.Damaged.What what, long sequence) {
    assertThat(JournalVerifier.verify(directory, Optional.empty()))
        .isInstanceOfSatisfying(
            Verification.Damaged.class,
            damaged -> {
              assertThat(damaged.what()).as(damaged.text()).isEqualTo(what);
              assertThat(damaged.sequence()).isEqualTo(sequence);
              assertThat(damaged.file()).startsWith("archive/");
            });
  }

  /** As somebody with a DuckDB of their own would. */
  static void rewrite(Path file, String query) throws Exception {
    Path other = file.resolveSibling("other");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE rows AS FROM read_parquet('" + file + "')");
      statement.execute("COPY (" + query + ") TO '" + other + "' (FORMAT parquet)");
    }
    Files.delete(file);
    Files.move(other, file);
  }

  @Test
  void anotherProgramReadsThePlainColumns() throws Exception {
    try (var journal = journal()) {
      for (int i = 0; i < EXCHANGES; i++) {
        record(journal, numbered(i));
      }
      journal.archive(Duration.ZERO);
    }
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT count(*), min(credential_uid), max(http_response_code),"
                    + " min(data_classes), min(disposition), min(epoch_us(time)) FROM '"
                    + ArchivePaths.directory(directory)
                    + "/*.parquet' WHERE record_type = 1")) {
      result.next();
      assertThat(result.getLong(1)).isBetween(1L, (long) EXCHANGES);
      assertThat(result.getString(2)).isEqualTo("key-7f3a91");
      assertThat(result.getInt(3)).isEqualTo(200);
      assertThat(Set.of((Object[]) result.getArray(4).getArray()))
          .containsExactlyInAnyOrder("contact", "health");
      assertThat(result.getString(5)).isEqualTo("forwarded");
      assertThat(result.getLong(6)).isEqualTo(MicroTime.micros(numbered(0).at()));
    }
  }
}
