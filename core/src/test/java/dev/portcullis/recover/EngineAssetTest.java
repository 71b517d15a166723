package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.config.AssetSettings.Source;
import dev.portcullis.config.DestinationSettings;
import dev.portcullis.config.Keep;
import dev.portcullis.recover.engine.ResticProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

// each opening of a repository derives a key, which takes one core half a second
@Execution(ExecutionMode.CONCURRENT)
class EngineAssetTest {
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  @TempDir Path root;
  private Depot depot;
  private Path papers;

  @BeforeEach
  void depot() throws IOException {
    assumeTrue(ResticProgram.find().isPresent(), "the package restic is not installed");
    depot = new Depot(root);
    depot.now.set(Optional.of(START));
    papers = Files.createDirectories(root.resolve("papers"));
    Files.writeString(papers.resolve("a.txt"), "as it was");
  }

  @AfterEach
  void close() {
    if (depot != null) {
      depot.close();
    }
  }

  private Source directory() {
    return new Source.Directory(papers, List.of("*.tmp"));
  }

  private DestinationSettings place(String name) throws IOException {
    return Depot.directory(name, root.resolve(name));
  }

  private static Source shell(String script, List<String> restore) {
    return new Source.Command(List.of("sh", "-c", script), restore, 1);
  }

  @Test
  void aDirectoryComesBackAsItWasBeforeTheBreachAndTheLiveOneIsKept() throws Exception {
    try (var desk = depot.to(place("nas")).desk(directory())) {
      Files.writeString(papers.resolve("scratch.tmp"), "x");
      desk.backup("thing");
      depot.later(Duration.ofMinutes(5));
      Instant breach = depot.clock();
      Files.writeString(papers.resolve("a.txt"), "ransom note");
      depot.later(Duration.ofMinutes(5));
      desk.backup("thing");
      assertThat(desk.points("thing")).hasSize(2);

      RestoreReport sandbox = desk.restore(depot.before(breach));
      assertThat(Path.of(sandbox.target()).resolve("a.txt")).hasContent("as it was");
      assertThat(Path.of(sandbox.target()).resolve("scratch.tmp")).doesNotExist();
      assertThat(papers.resolve("a.txt")).hasContent("ransom note");
      assertThat(sandbox.recoveryPoint()).isEqualTo(Duration.ofMinutes(5));

      RestoreReport live = desk.restore(depot.live(breach));
      assertThat(papers.resolve("a.txt")).hasContent("as it was");
      assertThat(Path.of(live.safetyCopy().orElseThrow()).resolve("a.txt"))
          .hasContent("ransom note");
    }
  }

  @Test
  void aDatabaseOfTheEngineComesBackByItsContent() throws Exception {
    Path database = root.resolve("clinic.db");
    try (var connection = Workshop.application(database)) {
      Workshop.run(connection, "CREATE TABLE account (id INTEGER PRIMARY KEY)");
      Workshop.run(connection, "INSERT INTO account VALUES (1), (2)");
    }
    try (var desk = depot.to(place("nas")).desk(new Source.Sqlite(database))) {
      desk.backup("thing");
      depot.later(Duration.ofMinutes(1));
      try (var connection = Workshop.application(database)) {
        Workshop.run(connection, "DELETE FROM account");
      }
      desk.restore(depot.live(depot.clock()));
      assertThat(Workshop.number(database, "SELECT count(*) FROM account")).isEqualTo(2);
    }
  }

  @Test
  void whatACommandWritesIsGivenToTheRestoreCommand() throws Exception {
    Path live = root.resolve("live.txt");
    Files.writeString(live, "rows\n".repeat(1_000));
    var restore =
        List.of(
            "sh",
            "-c",
            "if [ \"$PORTCULLIS_LIVE\" = 1 ]; then cat >"
                + live
                + "; else cat >\"$PORTCULLIS_TARGET\"/live.txt; fi");
    try (var desk = depot.to(place("nas"), place("tape")).desk(shell("cat " + live, restore))) {
      RecoveryPoint point = desk.backup("thing");
      assertThat(point.place()).isEqualTo("nas, tape");
      assertThat(point.bytes()).isEqualTo(5_000);
      depot.later(Duration.ofMinutes(1));
      Files.writeString(live, "");
      RestoreReport report = desk.restore(depot.before(depot.clock()));
      assertThat(Path.of(report.target()).resolve("live.txt")).hasSize(5_000);
      desk.restore(depot.live(depot.clock()));
      assertThat(live).hasSize(5_000);
    }
  }

  @Test
  void anEmptyDumpWithExitCodeZeroIsNoBackupAndNeitherIsHalfOfOne() throws Exception {
    depot.to(place("nas"));
    try (var desk = depot.desk(shell("exit 0", List.of()))) {
      assertThatThrownBy(() -> desk.backup("thing"))
          .hasMessageContaining("ended well but wrote 0 bytes");
      assertThat(desk.points("thing")).isEmpty();
      assertThat(desk.backups().getFirst().findings())
          .anyMatch(finding -> finding.contains("wrote 0 bytes"));
    }
    try (var desk =
        depot.desk(
            shell("head -c 2000000 /dev/zero; echo 'lost connection' >&2; exit 2", List.of()))) {
      assertThatThrownBy(() -> desk.backup("thing")).hasMessageContaining("lost connection");
      assertThat(desk.points("thing")).isEmpty();
    }
  }

  @Test
  void aDamagedDestinationIsPassedOverForASoundOne() throws Exception {
    try (var desk = depot.to(place("nas"), place("tape")).desk(directory())) {
      byte[] noise = new byte[100_000];
      new Random(3).nextBytes(noise);
      Files.write(papers.resolve("noise"), noise);
      desk.backup("thing");
      depot.later(Duration.ofMinutes(1));
      flipABit(root.resolve("nas"));

      RestoreReport report = desk.restore(depot.before(depot.clock()));

      assertThat(report.point().place()).isEqualTo("tape");
      assertThat(report.checks())
          .anyMatch(check -> check.contains("at nas") && check.contains("is damaged"));
      assertThat(Path.of(report.target()).resolve("noise")).hasBinaryContent(noise);

      flipABit(root.resolve("tape"));
      assertThatThrownBy(() -> desk.restore(depot.before(depot.clock())))
          .hasMessageContaining("No sound recovery point");
    }
  }

  private static void flipABit(Path repository) throws IOException {
    try (var files = Files.walk(repository.resolve("data"))) {
      Path pack =
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparing(file -> file.toFile().length()))
              .orElseThrow();
      byte[] bytes = Files.readAllBytes(pack);
      bytes[100] ^= 4;
      pack.toFile().setWritable(true);
      Files.write(pack, bytes);
    }
  }

  @Test
  void oneDestinationMayFailAndSaysSoWhileTheOthersGoOn() throws Exception {
    DestinationSettings usb = place("usb");
    try (var desk = depot.to(place("nas"), usb).desk(directory())) {
      desk.backup("thing");
      AssetBackups both = desk.backups().getFirst();
      assertThat(both.findings()).isEmpty();
      assertThat(both.rule().copies()).isEqualTo(3);
      assertThat(both.rule().missing())
          .anyMatch(missing -> missing.startsWith("2 media"))
          .anyMatch(missing -> missing.startsWith("1 copy offsite"))
          .anyMatch(missing -> missing.startsWith("0 errors in a restore (none"));

      depot.later(Duration.ofHours(2));
      Trees.delete(root.resolve("usb"));
      RecoveryPoint point = desk.backup("thing");

      assertThat(point.place()).isEqualTo("nas");
      AssetBackups one = desk.backups().getFirst();
      assertThat(one.findings())
          .anyMatch(finding -> finding.contains("usb is gone"))
          .anyMatch(finding -> finding.contains("to usb is late"))
          .noneMatch(finding -> finding.contains("to nas is late"));
      assertThat(desk.points("thing")).hasSize(2);
    }
  }

  @Test
  void threeTwoOneOneZeroIsFulfilledByADifferentSiteAnImmutableCopyAndARestore() throws Exception {
    var vault =
        new DestinationSettings(
            "vault",
            new DestinationSettings.Kind.Directory(Files.createDirectories(root.resolve("vault"))),
            "tape",
            true,
            true,
            Optional.empty(),
            Optional.empty());
    try (var desk = depot.to(place("nas"), vault).desk(directory())) {
      desk.backup("thing");
      depot.later(Duration.ofMinutes(1));
      assertThat(desk.backups().getFirst().rule().fulfilled()).isFalse();
      desk.restore(depot.before(depot.clock()));
      assertThat(desk.backups().getFirst().rule().fulfilled()).isTrue();
    }
  }

  @Test
  void dataThatShrinksOrCanNotBeCompressedAnyMoreIsAFinding() throws Exception {
    Path table = papers.resolve("table.csv");
    try (var desk = depot.to(place("nas")).desk(directory())) {
      for (int i = 0; i < 3; i++) {
        Files.writeString(table, ("name;street;town " + i + "\n").repeat(80_000));
        desk.backup("thing");
        depot.later(Duration.ofMinutes(30));
      }
      assertThat(desk.backups().getFirst().findings()).isEmpty();

      byte[] encrypted = new byte[1_500_000];
      new Random(5).nextBytes(encrypted);
      Files.write(table, encrypted);
      desk.backup("thing");
      assertThat(desk.backups().getFirst().findings())
          .singleElement()
          .asString()
          .contains("can't be compressed any more");

      depot.later(Duration.ofMinutes(30));
      Files.writeString(table, "");
      desk.backup("thing");
      assertThat(desk.backups().getFirst().findings())
          .singleElement()
          .asString()
          .contains("has shrunk");
    }
  }

  @Test
  void oldPointsGoByTheScheduleUnlessARuleNeedsThem() throws Exception {
    depot.keep = new Keep(1, 0, 2, 0, 0, 0);
    depot.rules.add((point, all) -> point.at().equals(START));
    try (var desk = depot.to(place("nas")).desk(directory())) {
      for (int day = 0; day < 4; day++) {
        Files.writeString(papers.resolve("a.txt"), "day " + day);
        desk.backup("thing");
        depot.later(Duration.ofDays(1));
      }
      assertThat(desk.points("thing"))
          .extracting(RecoveryPoint::at)
          .containsExactly(START.plus(Duration.ofDays(3)), START.plus(Duration.ofDays(2)), START);
    }
  }

  @Test
  void aRepositoryMadeUnderAnotherKeyIsNotTouched() throws Exception {
    depot.to(place("nas"));
    try (var desk = depot.desk(directory())) {
      desk.backup("thing");
    }
    depot.later(Duration.ofMinutes(1));
    try (var desk = depot.desk(directory(), "new-keys")) {
      assertThatThrownBy(() -> desk.backup("thing")).hasMessageContaining("another key");
      assertThatThrownBy(() -> desk.restore(depot.before(depot.clock())))
          .hasMessageContaining("another key");
    }
    try (var desk = depot.desk(directory())) {
      assertThat(desk.points("thing")).hasSize(1);
    }
  }

  @Test
  void aBackupCanBeCancelledAndTellsHowFarItIs() throws Exception {
    var slow =
        new DestinationSettings(
            "slow",
            new DestinationSettings.Kind.Directory(Files.createDirectories(root.resolve("slow"))),
            "disk",
            false,
            false,
            Optional.of(1L << 20),
            Optional.empty());
    byte[] noise = new byte[30_000_000];
    new Random(9).nextBytes(noise);
    Files.write(papers.resolve("noise"), noise);
    try (var desk = depot.to(slow).desk(directory())) {
      assertThat(desk.cancel("thing")).isFalse();
      var failure = new java.util.concurrent.CompletableFuture<String>();
      Thread.ofVirtual()
          .start(() -> {
            try {
              desk.backup("thing");
              failure.complete("it went through");
            } catch (RecoveryException e) {
              failure.complete(String.valueOf(e.getMessage()));
            }
          });
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> desk.progress("thing").filter(p -> p.bytesTotal() > 0).isPresent());
      assertThat(desk.cancel("thing")).isTrue();
      assertThat(failure.get(60, TimeUnit.SECONDS)).contains("Cancelled");
      assertThat(desk.progress("thing")).isEmpty();
      assertThat(desk.points("thing")).isEmpty();
    }
  }
}
