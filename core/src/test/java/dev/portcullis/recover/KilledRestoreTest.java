package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledRestoreTest {
  private static final int ACCOUNTS = 25_000;

  /** Of about 10 MB that the restore writes, in bytes. */
  private static final long MIDWAY = 3 << 20;

  @TempDir Path directory;

  @Test
  void aRestoreKilledMidwayLeavesTheDatabaseAsItWasAndTheNextOneSucceeds() throws Exception {
    try (var shop = new Workshop(directory)) {
      shop.create(ACCOUNTS);
      shop.desk().backup("clinic");
      Instant breach = shop.later(Duration.ofSeconds(5));
      try (var application = shop.application()) {
        Workshop.run(application, "UPDATE account SET amount = 0, note = hex(randomblob(200))");
        Workshop.run(application, "PRAGMA wal_checkpoint(TRUNCATE)");
      }
      var driver = new SqliteDriver(shop.database);
      Content altered = driver.content(shop.database);
      Path log = shop.database.resolveSibling("clinic.db-wal");

      Process restoring =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  RestoringProcess.class.getName(),
                  directory.toString(),
                  breach.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("restoring.log").toFile())
              .start();
      try {
        Awaitility.await()
            .atMost(Duration.ofSeconds(180))
            .pollInterval(Duration.ofMillis(2))
            .until(() -> !restoring.isAlive() || (Files.exists(log) && Files.size(log) > MIDWAY));
        assertThat(restoring.isAlive())
            .as(() -> "the restore was over before: " + directory.resolve("restoring.log"))
            .isTrue();
      } finally {
        restoring.destroyForcibly();
      }
      assertThat(restoring.waitFor(60, TimeUnit.SECONDS)).isTrue();

      assertThat(driver.complaints(shop.database)).isEmpty();
      Content left = driver.content(shop.database);
      assertThat(left).isEqualTo(altered);

      RestoreReport report = shop.desk().restore(shop.live(breach));
      assertThat(report.id()).isEqualTo("RST-2");
      assertThat(report.verified()).isTrue();
      assertThat(Workshop.number(shop.database, "SELECT sum(amount) FROM account"))
          .isEqualTo(100L * ACCOUNTS);
    }
  }
}
