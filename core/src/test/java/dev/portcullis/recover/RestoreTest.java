package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
  @TempDir Path directory;
  private Workshop shop;

  @BeforeEach
  void open() throws Exception {
    shop = new Workshop(directory);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void theLastPointBeforeTheBreachComesBackAndOpenConnectionsGoOn() throws Exception {
    shop.create(50);
    var desk = shop.desk();
    RecoveryPoint older = desk.backup("clinic");
    shop.later(Duration.ofSeconds(30));
    try (var application = shop.application()) {
      Workshop.run(application, "UPDATE account SET amount = 7 WHERE id = 1");
      RecoveryPoint clean = desk.backup("clinic");
      Instant breach = shop.later(Duration.ofSeconds(12));
      Workshop.run(application, "UPDATE account SET amount = 0");
      Workshop.run(application, "CREATE TABLE ransom (note TEXT)");
      shop.later(Duration.ofSeconds(18));
      RecoveryPoint dirty = desk.backup("clinic");

      RestoreReport report = desk.restore(shop.live(breach));

      assertThat(report.point()).isEqualTo(clean).isNotEqualTo(older).isNotEqualTo(dirty);
      assertThat(report.verified()).isTrue();
      assertThat(report.recoveryPoint()).isEqualTo(Duration.ofSeconds(12));
      assertThat(report.recoveryTime()).isPositive();
      assertThat(report.incident()).contains("INC-1");
      assertThat(report.target()).isEqualTo(shop.database.toString());
      assertThat(report.checks())
          .anyMatch(check -> check.contains("live asset equals the recovery point"))
          .anyMatch(check -> check.contains("account 50"))
          .anyMatch(check -> check.contains("(RPO): 12.0 s, objective 60.0 s: met"));
      assertThat(Workshop.number(application, "SELECT amount FROM account WHERE id = 1"))
          .isEqualTo(7);
      assertThat(
              Workshop.number(
                  application, "SELECT count(*) FROM sqlite_schema WHERE name = 'ransom'"))
          .isZero();
      Workshop.run(application, "UPDATE account SET amount = 8 WHERE id = 1");
      assertThat(Workshop.number(shop.database, "SELECT amount FROM account WHERE id = 1"))
          .isEqualTo(8);
      Path safety = Path.of(report.safetyCopy().orElseThrow());
      assertThat(Workshop.number(safety, "SELECT sum(amount) FROM account")).isZero();
      assertThat(shop.desk().reports()).containsExactly(report);
    }
  }

  @Test
  void aRestoreThatIsNotLiveLeavesTheAssetAlone() throws Exception {
    shop.create(10);
    var desk = shop.desk();
    desk.backup("clinic");
    try (var application = shop.application()) {
      Workshop.run(application, "DELETE FROM account");
    }
    Path into = directory.resolve("looked-at.db");
    Instant breach = shop.later(Duration.ofSeconds(1));
    RestoreReport drill = desk.restore(shop.sandbox(breach));
    RestoreReport chosen =
        desk.restore(
            new RecoveryDesk.Request("clinic", breach, Optional.empty(), Optional.of(into), false));

    assertThat(drill.id()).isEqualTo("RST-1");
    assertThat(Path.of(drill.target())).startsWith(shop.state.resolve("sandbox"));
    assertThat(Workshop.number(Path.of(drill.target()), "SELECT count(*) FROM account"))
        .isEqualTo(10);
    assertThat(Path.of(chosen.target())).isEqualTo(into);
    assertThat(Workshop.number(into, "SELECT count(*) FROM account")).isEqualTo(10);
    assertThat(Workshop.number(shop.database, "SELECT count(*) FROM account")).isZero();
    assertThat(desk.reports()).containsExactly(chosen, drill);
    assertThatThrownBy(() ->
            desk.restore(
                new RecoveryDesk.Request(
                    "clinic", breach, Optional.empty(), Optional.of(into), false)))
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void aPointOfTheVeryMomentOfTheBreachIsNotTakenForClean() throws Exception {
    shop.create(1);
    var desk = shop.desk();
    desk.backup("clinic");
    assertThatThrownBy(() -> desk.restore(shop.live(Workshop.START)))
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining("No sound recovery point of clinic from before 2026-11-24T10:00:00Z")
        .hasMessageContaining("the oldest is of 2026-11-24T10:00:00Z");
    assertThat(desk.reports()).isEmpty();
  }

  @Test
  void snapshotsTakenWhileOthersWriteHoldWholeTransactions() throws Exception {
    shop.create(500);
    var desk = shop.desk();
    try (var writers = new Writers(3)) {
      for (int backup = 0; backup < 4; backup++) {
        writers.awaitMore(20);
        desk.backup("clinic");
        Instant before = shop.later(Duration.ofSeconds(1));
        Path copy = Path.of(desk.restore(shop.sandbox(before)).target());
        assertThat(Workshop.number(copy, "SELECT sum(amount) FROM account")).isEqualTo(50_000);
        assertThat(Workshop.number(copy, "SELECT count(*) FROM account")).isEqualTo(500);
      }
    }
  }

  @Test
  void aLiveRestoreIsVerifiedWhileOthersGoOnWriting() throws Exception {
    shop.create(200);
    var desk = shop.desk();
    desk.backup("clinic");
    Instant breach = shop.later(Duration.ofSeconds(1));
    try (var writers = new Writers(2)) {
      for (int restore = 0; restore < 3; restore++) {
        writers.awaitMore(10);
        assertThat(desk.restore(shop.live(breach)).verified()).isTrue();
      }
      writers.awaitMore(10);
    }
    assertThat(Workshop.number(shop.database, "SELECT sum(amount) FROM account")).isEqualTo(20_000);
  }

  @Test
  void aDatabaseOverwrittenWithRubbishComesBack() throws Exception {
    shop.create(20);
    var desk = shop.desk();
    desk.backup("clinic");
    Instant breach = shop.later(Duration.ofSeconds(1));
    Files.writeString(shop.database, "all your records are encrypted, pay here: ...");

    RestoreReport report = desk.restore(shop.live(breach));

    assertThat(Workshop.number(shop.database, "SELECT count(*) FROM account")).isEqualTo(20);
    assertThat(Path.of(report.safetyCopy().orElseThrow())).content().startsWith("all your records");
  }

  @Test
  void aDatabaseThatIsGoneComesBack() throws Exception {
    shop.create(20);
    var desk = shop.desk();
    desk.backup("clinic");
    Instant breach = shop.later(Duration.ofSeconds(1));
    Files.delete(shop.database);

    RestoreReport report = desk.restore(shop.live(breach));

    assertThat(Workshop.number(shop.database, "SELECT count(*) FROM account")).isEqualTo(20);
    assertThat(report.safetyCopy()).isEmpty();
    assertThatThrownBy(() ->
            desk.restore(
                new RecoveryDesk.Request(
                    "hospital", breach, Optional.empty(), Optional.empty(), true)))
        .isInstanceOf(RecoveryException.class)
        .hasMessageContaining("There is no asset 'hospital'")
        .hasMessageContaining("[clinic]");
  }

  @Test
  void aDatabaseThatSomebodyKeepsLockedStaysAsItIs() throws Exception {
    shop.create(20);
    Path copy = directory.resolve("copy.db");
    var driver = new SqliteDriver(shop.database, Duration.ofSeconds(1));
    driver.snapshot(copy);
    Content content = driver.content(copy);
    try (var application = shop.application()) {
      Workshop.run(application, "DELETE FROM account WHERE id > 5");
      Workshop.run(application, "BEGIN IMMEDIATE");
      assertThatThrownBy(() -> driver.replaceLive(copy, content))
          .isInstanceOf(RecoveryException.class)
          .hasMessageContaining(shop.database.toString())
          .hasMessageContaining("locked");
      Workshop.run(application, "COMMIT");
    }
    assertThat(Workshop.number(shop.database, "SELECT count(*) FROM account")).isEqualTo(5);
    assertThat(driver.replaceLive(copy, content)).isEqualTo(content);
  }

  @Test
  void onlyAFewSandboxesAreKept() throws Exception {
    shop.create(1);
    var desk = shop.desk();
    desk.backup("clinic");
    Instant breach = shop.later(Duration.ofSeconds(1));
    for (int restore = 0; restore < Restoration.SANDBOXES + 2; restore++) {
      desk.restore(shop.sandbox(breach));
    }
    try (var files = Files.list(shop.state.resolve("sandbox"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "clinic-RST-3.db", "clinic-RST-4.db", "clinic-RST-5.db", "clinic-RST-6.db");
    }
  }

  /** Moves amounts between accounts, two rows a transaction, so that their sum stays. */
  private final class Writers implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong done = new AtomicLong();
    private final ExecutorService threads;
    private final java.util.List<Future<?>> running = new java.util.ArrayList<>();

    Writers(int count) {
      threads = Executors.newFixedThreadPool(count);
      for (int i = 0; i < count; i++) {
        int seed = i;
        running.add(threads.submit(() -> write(seed)));
      }
    }

    private Object write(int seed) throws Exception {
      var random = new java.util.Random(seed);
      try (var connection = shop.application()) {
        long accounts = Workshop.number(connection, "SELECT count(*) FROM account");
        while (!stopped.get()) {
          long from = 1 + random.nextLong(accounts);
          long to = 1 + random.nextLong(accounts);
          Workshop.run(connection, "BEGIN IMMEDIATE");
          Workshop.run(connection, "UPDATE account SET amount = amount - 1 WHERE id = " + from);
          Workshop.run(connection, "UPDATE account SET amount = amount + 1 WHERE id = " + to);
          Workshop.run(connection, "COMMIT");
          done.incrementAndGet();
        }
      }
      return done;
    }

    void awaitMore(int transactions) {
      long enough = done.get() + transactions;
      Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> done.get() >= enough);
    }

    @Override
    public void close() throws Exception {
      stopped.set(true);
      for (Future<?> writer : running) {
        writer.get();
      }
      threads.shutdown();
    }
  }
}
