package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal's verbs, as typed. */
class JournalKeepingTest {
  @TempDir Path directory;

  @Test
  void aStoppedNodesJournalIsArchivedCleanedAndAsked() throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    CommandLineProbe.run("init", file.toString());
    Files.writeString(
        file,
        Files.readString(file)
            + "\njournal: {retention: {default: 400d, classes: {health: 6y}}}\n");
    var wrong = CommandLineProbe.run("journal", "retention", "--dry-run", "-c", file.toString());
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("6y");
    Files.writeString(file, Files.readString(file).replace("6y", "2190d"));
    var archived = CommandLineProbe.run("journal", "archive", "-c", file.toString(), "--json");
    assertThat(archived.exitCode()).as(archived.err()).isZero();
    assertThat(archived.json().path("segments").asInt()).isZero();
    var preview = CommandLineProbe.run("journal", "retention", "--dry-run", "-c", file.toString());
    assertThat(preview.exitCode()).as(preview.err()).isZero();
    assertThat(preview.out()).contains("default 400d, health 2190d").contains("would be removed");
    assertThat(
            CommandLineProbe.run("journal", "retention", "-c", file.toString(), "--json")
                .json()
                .path("preview")
                .asBoolean(true))
        .isFalse();
    String journal = directory.resolve("state/journal").toString();
    String select = "SELECT count(*) AS n, 'a,\"b' AS t FROM exchanges";
    assertThat(CommandLineProbe.run("journal", "query", select, "--journal", journal).out())
        .contains("n  t")
        .contains("1 rows");
    assertThat(
            CommandLineProbe.run("journal", "query", select, "--journal", journal, "--csv").out())
        .contains("n,t")
        .contains("0,\"a,\"\"b\"");
    var json = CommandLineProbe.run("journal", "query", select, "--journal", journal, "--json");
    assertThat(json.json().path("n").asInt(1)).isZero();
    var copy =
        CommandLineProbe.run("journal", "query", "COPY exchanges TO 'x'", "--journal", journal);
    assertThat(copy.exitCode()).isEqualTo(1);
    assertThat(copy.err()).contains("Only SELECT");
    assertThat(CommandLineProbe.run("journal", "query", select, "--csv", "--json").exitCode())
        .isEqualTo(2);
    assertThat(CommandLineProbe.run("journal", "query", select, "--journal", "/nowhere").exitCode())
        .isEqualTo(1);
  }
}
