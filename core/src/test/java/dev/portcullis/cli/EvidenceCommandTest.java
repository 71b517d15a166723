package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.app.Configurations;
import dev.portcullis.app.Node;
import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Journal;
import dev.portcullis.scope.testing.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceCommandTest {
  @TempDir Path directory;
  private String config;
  private Path state;

  @BeforeEach
  void robbed() throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    CommandLineProbe.run("init", file.toString());
    config = file.toString();
    var configuration = Configurations.read(file);
    state = configuration.node().state();
    try (var node = Node.open(configuration, InstantSource.system())) {
      var exchange = Samples.read(0, "key-1", "198.51.100.7", "~pseudonym");
      var journal = node.facades().journal();
      journal.append(
          exchange,
          Journal.Durability.WRITTEN,
          new Journal.Receipt() {
            @Override
            public void recorded(long sequence) {}

            @Override
            public void lost(String reason) {
              throw new AssertionError(reason);
            }
          });
      journal.awaitBeyond(0, Duration.ofSeconds(60));
      node.facades()
          .incidents()
          .accept(
              new Signal(
                  "s1",
                  "object-enumeration",
                  Instant.parse("2026-11-24T10:10:00Z"),
                  Severity.HIGH,
                  0.9,
                  new Principals(
                      Optional.of("key-1"),
                      Optional.empty(),
                      Optional.of("198.51.100.7"),
                      Optional.empty()),
                  "One credential reads ever more records",
                  List.of(0L),
                  "API1:2023",
                  "T1119"));
    }
  }

  @Test
  void anIncidentIsExportedVerifiedAndListed() throws Exception {
    Path archive = directory.resolve("inc-1.zip");
    var export =
        CommandLineProbe.run(
            "evidence",
            "export",
            "INC-1",
            "--to",
            archive.toString(),
            "--reason",
            "court",
            "--by",
            "Dr Weber",
            "-c",
            config,
            "--json");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.json().path("exchanges").asLong()).isEqualTo(1);
    String key = state.resolve("journal/journal.pub").toString();
    var verify = CommandLineProbe.run("evidence", "verify", archive.toString(), "--key", key);
    assertThat(verify.exitCode()).as(verify.out()).isZero();
    assertThat(verify.out()).contains("Genuine", "EVD-1", "Dr Weber");
    var text =
        CommandLineProbe.run(
            "evidence",
            "verify",
            archive.toString(),
            "--vkey",
            Files.readString(Path.of(key)),
            "--json");
    assertThat(text.json().path("genuine").asBoolean()).isTrue();
    var list = CommandLineProbe.run("evidence", "list", "INC-1", "-c", config);
    assertThat(list.out()).contains("EVD-1", "Dr Weber", "court", archive.toString());
  }

  @Test
  void whatIsWrongEndsWithOneAndSaysWhy() throws Exception {
    Path no = directory.resolve("no.zip");
    assertThat(CommandLineProbe.run("evidence", "verify", no.toString()).err()).contains("no file");
    Files.writeString(no, "no archive");
    var verify = CommandLineProbe.run("evidence", "verify", no.toString());
    assertThat(verify.exitCode()).isEqualTo(1);
    assertThat(verify.out()).contains("WRONG");
    var twice =
        CommandLineProbe.run(
            "evidence", "export", "INC-1", "--to", no.toString(), "--reason", "x", "-c", config);
    assertThat(twice.exitCode()).isEqualTo(1);
    assertThat(twice.err()).contains("never overwritten");
    var unknown =
        CommandLineProbe.run(
            "evidence",
            "export",
            "INC-7",
            "--to",
            directory.resolve("b.zip").toString(),
            "--reason",
            "x",
            "-c",
            config);
    assertThat(unknown.err()).contains("INC-7");
    assertThat(CommandLineProbe.run("evidence", "export", "INC-1").exitCode()).isEqualTo(2);
  }
}
