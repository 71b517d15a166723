package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups that somebody or something spoilt: noticed, named, and an older one taken. */
class BrokenBackupTest {
  @TempDir Path directory;
  private Workshop shop;
  private StoredRecoveryDesk desk;
  private RecoveryPoint older;
  private RecoveryPoint newer;
  private Instant breach;

  @BeforeEach
  void twoPoints() throws Exception {
    shop = new Workshop(directory);
    shop.create(300);
    desk = shop.desk();
    older = desk.backup("clinic");
    shop.later(Duration.ofSeconds(30));
    newer = desk.backup("clinic");
    breach = shop.later(Duration.ofSeconds(10));
  }

  @AfterEach
  void close() {
    shop.close();
  }

  enum Damage {
    FLIPPED_BIT("altered") {
      @Override
      void to(RecoveryPoint point) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(point.place()));
        bytes[bytes.length / 2] ^= 4;
        Files.write(Path.of(point.place()), bytes);
      }
    },
    CUT_OFF("bytes where") {
      @Override
      void to(RecoveryPoint point) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(point.place()));
        Files.write(Path.of(point.place()), Arrays.copyOf(bytes, bytes.length - 100));
      }
    },
    EMPTY("has 0 bytes") {
      @Override
      void to(RecoveryPoint point) throws IOException {
        Files.write(Path.of(point.place()), new byte[0]);
      }
    },
    FILE_GONE("is missing") {
      @Override
      void to(RecoveryPoint point) throws IOException {
        Files.delete(Path.of(point.place()));
      }
    },
    MANIFEST_GONE("its manifest is missing") {
      @Override
      void to(RecoveryPoint point) throws IOException {
        Files.delete(manifest(point));
      }
    },
    MANIFEST_EMPTY("its manifest is unreadable") {
      @Override
      void to(RecoveryPoint point) throws IOException {
        Files.write(manifest(point), new byte[0]);
      }
    },
    MANIFEST_INCOMPLETE("its manifest is unreadable") {
      @Override
      void to(RecoveryPoint point) throws IOException {
        Files.writeString(manifest(point), "{\"asset\": \"clinic\"}");
      }
    },
    MANIFEST_BACKDATED("does not agree with what was sealed") {
      @Override
      void to(RecoveryPoint point) throws IOException {
        String json = Files.readString(manifest(point));
        String forged =
            json.replaceAll("(\"complete\"\\s*:\\s*)\"[^\"]*\"", "$1\"2026-11-24T09:00:00Z\"");
        assertThat(forged).isNotEqualTo(json);
        Files.writeString(manifest(point), forged);
      }
    };

    private final String told;

    Damage(String told) {
      this.told = told;
    }

    abstract void to(RecoveryPoint point) throws IOException;

    static Path manifest(RecoveryPoint point) {
      return Path.of(point.place().replace(".bak", ".json"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSpoiltPointIsNamedAndTheOlderOneTaken(Damage damage) throws Exception {
    damage.to(newer);
    RestoreReport report = desk.restore(shop.live(breach));
    assertThat(report.point()).isEqualTo(older);
    assertThat(report.verified()).isTrue();
    assertThat(report.checks())
        .anyMatch(check ->
            check.contains("Passed over recovery point " + newer.id())
                && check.contains(damage.told));
    assertThat(report.recoveryPoint()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void withAnotherKeyNothingIsRestoredAndTheLiveDatabaseStays() throws Exception {
    var stranger = shop.desk("other-keys", shop.offsite, 48);
    assertThat(stranger.points("clinic")).containsExactly(newer, older);
    assertThatThrownBy(() -> stranger.restore(shop.live(breach)))
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining(newer.id())
        .hasMessageContaining("made under another key");
    assertThat(Workshop.number(shop.database, "SELECT count(*) FROM account")).isEqualTo(300);
    assertThat(directory.resolve("state/sandbox")).isEmptyDirectory();
  }

  @Test
  void aPointGivenAnotherPointsNameIsNoticed() throws Exception {
    Files.copy(
        Path.of(older.place()),
        Path.of(newer.place()),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Path forged = Damage.manifest(newer);
    String json = Files.readString(Damage.manifest(older));
    Files.writeString(forged, json.replace("2026-11-24T10:00:00Z", "2026-11-24T10:00:30Z"));
    RestoreReport report = desk.restore(shop.sandbox(breach));
    assertThat(report.point()).isEqualTo(older);
    assertThat(report.checks()).anyMatch(check -> check.contains("sealed"));
  }

  @Test
  void filesOfOthersInTheDestinationAreLeftAlone() throws Exception {
    Path foreign = shop.offsite.resolve("clinic/README.txt");
    Files.writeString(foreign, "not ours");
    assertThat(desk.points("clinic")).containsExactly(newer, older);
    shop.later(Duration.ofSeconds(1));
    shop.desk("keys", shop.offsite, 1).backup("clinic");
    assertThat(foreign).hasContent("not ours");
    assertThat(desk.points("clinic")).hasSize(1);
  }

  @Test
  void theNumberOfPointsToKeepIsKeptAndTheOldestGo() throws Exception {
    var keepingThree = shop.desk("keys", shop.offsite, 3);
    RecoveryPoint third = keepingThree.backup("clinic");
    shop.later(Duration.ofSeconds(1));
    RecoveryPoint fourth = keepingThree.backup("clinic");
    assertThat(keepingThree.points("clinic")).containsExactly(fourth, third, newer);
    assertThat(Path.of(older.place())).doesNotExist();
    try (var files = Files.list(shop.offsite.resolve("clinic"))) {
      assertThat(files).hasSize(6);
    }
  }

  @Test
  void whatLiesOffsiteShowsNothingOfTheContent() throws Exception {
    String stored =
        Files.readString(Path.of(newer.place()), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(stored).doesNotContain("SQLite format").doesNotContain("account");
  }
}
