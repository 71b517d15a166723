package dev.portcullis.journal;

import static dev.portcullis.journal.TestJournals.numbered;
import static dev.portcullis.journal.TestJournals.open;
import static dev.portcullis.journal.TestJournals.record;
import static dev.portcullis.journal.TestJournals.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.journal.archive.ArchivePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQL over archive and live end; whoever may ask must not be able to do anything else. */
class JournalQueryTest {
  private static final int EXCHANGES = 200;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```sql\\n(.*?)^```");

  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void aJournalOfWhichHalfIsArchived() throws Exception {
    directory = temporary.resolve("journal");
    try (var journal = journal()) {
      for (int i = 0; i < EXCHANGES / 2; i++) {
        record(journal, exchange(i));
      }
      assertThat(journal.archive(Duration.ZERO).segments()).isPositive();
      for (int i = EXCHANGES / 2; i < EXCHANGES; i++) {
        record(journal, exchange(i));
      }
    }
  }

  private FileJournal journal() {
    return open(directory, settings(6_000, Duration.ofMillis(20)));
  }

  private static Exchange exchange(int number) {
    Exchange one = numbered(number);
    var subject = new Pseudonym("abcdefgh%03d".formatted(number % 50));
    return new Exchange(
        one.at(),
        one.duration(),
        one.route(),
        one.credential(),
        one.account(),
        one.claimed(),
        one.source(),
        one.client(),
        one.method(),
        "/v1/patients/~" + subject.value(),
        one.status(),
        one.requestBytes(),
        one.responseBytes(),
        one.outcome(),
        one.findings(),
        Carried.of(Set.of("health"), List.of(subject), Observation.COMPLETE),
        one.request());
  }

  private List<String> ask(String select) {
    return ask(select, false, MINUTE, 512);
  }

  private List<String> ask(String select, boolean json, Duration timeout, int memory) {
    try (var query = JournalQuery.open(directory, (long) memory << 20)) {
      return ask(query, select, json, timeout);
    }
  }

  private static List<String> ask(
      JournalQuery query, String select, boolean json, Duration timeout) {
    var lines = new ArrayList<String>();
    query.run(
        select,
        json,
        timeout,
        new JournalQuery.Rows() {
          @Override
          public void columns(List<String> names) {
            lines.add(String.join("|", names));
          }

          @Override
          public boolean row(List<Optional<String>> values) {
            lines.add(String.join("|", values.stream().map(v -> v.orElse("null")).toList()));
            return lines.size() < 1_000;
          }
        });
    return lines;
  }

  /** One after the other in the same database, so that none opens the door for the next. */
  private void assertRefused(List<String> statements) {
    try (var query = JournalQuery.open(directory, 512 << 20)) {
      for (String statement : statements) {
        assertThatThrownBy(() -> ask(query, statement, false, MINUTE))
            .as(statement)
            .isInstanceOf(JournalException.class);
      }
      assertThat(ask(query, "SELECT count(*) FROM exchanges", false, MINUTE))
          .last()
          .isEqualTo("" + EXCHANGES);
    }
  }

  @Test
  void archiveAndLiveEndAreOneTable() {
    assertThat(ask("SELECT count(*) AS n, min(sequence), max(sequence) FROM exchanges -- all"))
        .containsExactly(
            "n|min(\"sequence\")|max(\"sequence\")", EXCHANGES + "|0|" + (EXCHANGES - 1));
    assertThat(ask("SELECT url_path, subjects, data_classes FROM exchanges WHERE sequence = 3"))
        .last()
        .isEqualTo("/v1/patients/~abcdefgh003|[abcdefgh003]|[health]");
    assertThat(
            ask(
                "SELECT sequence, subjects, refused_by FROM exchanges ORDER BY sequence DESC LIMIT 1",
                true,
                MINUTE,
                512))
        .last()
        .isEqualTo("{\"sequence\":199,\"subjects\":[\"abcdefgh049\"],\"refused_by\":null}");
  }

  @Test
  void aRunningJournalCanBeAsked() throws Exception {
    try (var journal = journal()) {
      record(journal, exchange(EXCHANGES));
      assertThat(ask("SELECT count(*) FROM exchanges")).last().isEqualTo("" + (EXCHANGES + 1));
    }
  }

  @Test
  void theExamplesOfTheDocumentsAreAnswered() throws Exception {
    var examples =
        EXAMPLE.matcher(Files.readString(Path.of("../docs/archive-format.md"))).results().toList();
    assertThat(examples).hasSizeGreaterThan(3);
    try (var query = JournalQuery.open(directory, 512 << 20)) {
      for (var example : examples) {
        assertThat(ask(query, example.group(1), false, MINUTE)).as(example.group(1)).isNotEmpty();
      }
    }
  }

  @Test
  void nothingButOneSelectIsRun() throws Exception {
    byte[] before = Files.readAllBytes(ArchivePaths.list(directory).getFirst());
    Path file = ArchivePaths.list(directory).getFirst().toAbsolutePath();
    Path out = temporary.resolve("out");
    assertRefused(
        List.of(
            "COPY exchanges TO '" + out + "'",
            "COPY (SELECT 1) TO '" + file + "'",
            "SELECT 1; COPY (SELECT 1) TO '" + file + "'",
            "SELECT 1) ; COPY (SELECT 1) TO '" + file + "' ; SELECT (1",
            "SELECT 1) AS q; DROP VIEW exchanges; SELECT * FROM (SELECT 1",
            "ATTACH '" + out + "' AS other",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET enable_external_access = true",
            "SET memory_limit = '100GB'",
            "RESET memory_limit",
            "PRAGMA enable_profiling",
            "EXPORT DATABASE '" + out + "'",
            "CREATE TABLE mine AS SELECT 1",
            "DROP VIEW exchanges",
            "DELETE FROM live",
            "CALL enable_logging()",
            "CHECKPOINT",
            "EXPLAIN ANALYZE SELECT 1",
            ""));
    assertThat(out).doesNotExist();
    assertThat(Arrays.equals(Files.readAllBytes(file), before)).isTrue();
  }

  @Test
  void noOtherFileIsReadOrWritten() throws Exception {
    Path secret = Files.writeString(temporary.resolve("secret.csv"), "a,b\n1,2\n");
    assertRefused(
        List.of(
            "SELECT * FROM read_csv('/etc/passwd', sep = ':')",
            "SELECT * FROM read_text('/etc/passwd')",
            "SELECT * FROM read_blob('" + secret + "')",
            "SELECT * FROM '" + secret + "'",
            "SELECT * FROM glob('" + temporary + "/*')",
            "SELECT * FROM read_csv('" + directory + "/../secret.csv')",
            "SELECT * FROM read_text('" + directory + "/journal.pub')",
            "SELECT * FROM read_parquet('https://192.0.2.1/x.parquet')",
            "SELECT * FROM query('COPY (SELECT 1) TO ''" + temporary + "/out''')",
            "SELECT * FROM enable_logging(storage := 'file', storage_path := '"
                + temporary
                + "/log')",
            "SELECT getenv('HOME')"));
    assertThat(temporary.resolve("out")).doesNotExist();
    assertThat(temporary.resolve("log")).doesNotExist();
  }

  @Test
  void timeAndMemoryAreBounded() {
    assertThatThrownBy(() ->
            ask(
                "SELECT sum(hash(a.range + b.range + c.range)) FROM range(1000000) a,"
                    + " range(1000000) b, range(1000000) c",
                false,
                Duration.ofSeconds(1),
                512))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("--timeout");
    assertThatThrownBy(() ->
            ask(
                "SELECT max(len(x)) FROM (SELECT list(range || repeat('x', 1000)) AS x FROM"
                    + " range(100000000))",
                false,
                MINUTE,
                128))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("--memory");
  }

  @Test
  void aMistakeIsToldInOneSentence() {
    assertThatThrownBy(() -> ask("SELEC 1")).hasMessageContaining("not understood");
    assertThatThrownBy(() -> ask("SELECT nothing FROM exchanges"))
        .hasMessageContaining("nothing")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> JournalQuery.open(temporary.resolve("none"), 64 << 20))
        .hasMessageContaining("no journal");
  }
}
