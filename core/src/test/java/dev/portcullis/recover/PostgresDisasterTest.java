package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.config.AssetSettings.Query;
import dev.portcullis.config.AssetSettings.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A real server under write load is killed and its data destroyed, again and again. The system
 * property {@code portcullis.disasters} tells how often; its default is what a build has time for.
 * The figures go to {@code target/disasters.txt}.
 */
class PostgresDisasterTest {
  private static final int CLIENTS = 4;
  private static final int DISASTERS = Integer.getInteger("portcullis.disasters", 2);
  private final Random random = new Random(Long.getLong("portcullis.disasters.seed", 20_261_125L));
  private Path root;

  @BeforeEach
  void room() throws Exception {
    assumeTrue(PrivatePostgres.programs().isPresent(), "the package postgresql is not installed");
    root = PrivatePostgres.reachable("disaster");
  }

  @AfterEach
  void tidy() throws Exception {
    if (root != null) {
      Trees.delete(root);
    }
  }

  private Source.Postgresql source(PrivatePostgres server, Path sandbox, List<Query> verify) {
    return new Source.Postgresql(
        server.connection(),
        Optional.empty(),
        "portcullis_thing",
        Duration.ofSeconds(1),
        PrivatePostgres.runAs(),
        Optional.of(sandbox),
        Optional.empty(),
        verify);
  }

  @Test
  void whateverIsDestroyedComesBackToATransactionBoundary() throws Exception {
    var losses = new ArrayList<Long>();
    var times = new ArrayList<Duration>();
    long lostTransactions = 0;
    for (int round = 0; round < DISASTERS; round++) {
      Path here = PrivatePostgres.reachable("round");
      try (var server = PrivatePostgres.start(here);
          var depot = new Depot(root.resolve("depot" + round))) {
        WriteLoad.prepare(server);
        depot.to(Depot.directory("nas", root.resolve("nas" + round)));
        var verify =
            List.of(
                new Query(
                    "postgres",
                    "SELECT count(*) FROM counter FULL JOIN twin USING (client, n)"
                        + " WHERE counter.n IS NULL OR twin.n IS NULL",
                    Optional.of("0")),
                new Query(
                    "postgres",
                    "SELECT string_agg(client || ':' || m || ':' || c, ',') FROM"
                        + " (SELECT client, max(n) m, count(*) c FROM counter GROUP BY client) x",
                    Optional.empty()));
        var load = new WriteLoad();
        try (var desk = depot.desk(source(server, here, verify))) {
          desk.start();
          load.start(server, CLIENTS);
          desk.backup("thing");
          long atLeast = load.total() + 50 + random.nextInt(400);
          await().atMost(Duration.ofSeconds(60)).until(() -> load.total() >= atLeast);
          long end = System.nanoTime();
          server.destroy();
          load.stop();

          RestoreReport report = desk.restore(depot.before(depot.clock()));

          assertThat(report.verified()).isTrue();
          assertThat(report.checks())
              .anyMatch(check -> check.startsWith("pg_verifybackup of the base backup: no"))
              .anyMatch(check -> check.startsWith("pg_amcheck of all tables and indices: no"))
              .noneMatch(check -> check.startsWith("Passed over"));
          Map<Integer, Long> restored = restored(report);
          losses.add(load.lost(restored, end));
          times.add(report.recoveryTime());
          lostTransactions +=
              load.acknowledged.entrySet().stream()
                  .mapToLong(client ->
                      client
                          .getValue()
                          .tailMap(restored.getOrDefault(client.getKey(), 0L), false)
                          .size())
                  .sum();
        }
      } finally {
        Trees.delete(here);
      }
    }
    losses.sort(null);
    times.sort(null);
    String figures =
        ("%d disasters, %d clients: acknowledged transactions lost %d; RPO median %d ms, worst"
                + " %d ms; RTO median %d ms, worst %d ms%n")
            .formatted(
                DISASTERS,
                CLIENTS,
                lostTransactions,
                losses.get(losses.size() / 2) / 1_000_000,
                losses.getLast() / 1_000_000,
                times.get(times.size() / 2).toMillis(),
                times.getLast().toMillis());
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/disasters.txt"), figures);
    assertThat(Duration.ofNanos(losses.get(losses.size() / 2)))
        .isLessThanOrEqualTo(Duration.ofSeconds(2));
    assertThat(Duration.ofNanos(losses.getLast())).isLessThanOrEqualTo(Duration.ofSeconds(10));
  }

  /** Last number of each client; all before it must be there too. */
  private static Map<Integer, Long> restored(RestoreReport report) {
    String answer =
        report.checks().stream()
            .filter(check -> check.startsWith("\"SELECT string_agg"))
            .map(check -> check.substring(check.indexOf("gives ") + 6))
            .findFirst()
            .orElseThrow();
    var restored = new HashMap<Integer, Long>();
    for (String client : answer.split(",")) {
      if (!client.isBlank()) {
        String[] parts = client.split(":");
        assertThat(parts[1]).as("no hole before the last number").isEqualTo(parts[2]);
        restored.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
      }
    }
    return restored;
  }

  @Test
  void aDroppedTableComesBackFromTheMomentBeforeItWasDroppedThoughThisMachineLostItsLog()
      throws Exception {
    Path here = PrivatePostgres.reachable("dropped");
    try (var server = PrivatePostgres.start(here);
        var depot = new Depot(root.resolve("depot"))) {
      server.ask("CREATE TABLE patient (n int)");
      depot.to(Depot.directory("nas", root.resolve("nas")));
      var verify = List.of(new Query("postgres", "SELECT sum(n) FROM patient", Optional.of("6")));
      var source = source(server, here, verify);
      try (var desk = depot.desk(source)) {
        desk.start();
        server.ask("INSERT INTO patient VALUES (1)");
        desk.backup("thing");
        server.ask("INSERT INTO patient VALUES (2), (3)");
        var moment =
            java.time.Instant.parse(
                server.ask(
                    "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        server.ask("DROP TABLE patient");
        server.ask("CREATE TABLE later (n int)");
        String end = server.ask("SELECT pg_current_wal_lsn()");
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() ->
                server
                    .ask(
                        "SELECT flush_lsn >= '"
                            + end
                            + "' FROM pg_stat_replication"
                            + " WHERE application_name = 'portcullis'")
                    .equals("t"));
        var shipped = depot.clock();
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> {
              server.ask("INSERT INTO later VALUES (1)"); // there is always something to send
              // the first may have begun before
              return LogSent.after(root.resolve("nas"), shipped) >= 2;
            });
        assertThat(desk.backups().getFirst().findings()).isEmpty();
        desk.close();
        Trees.delete(depot.state.resolve("wal"));

        RestoreReport report = desk.restore(depot.before(moment));

        assertThat(report.recoveryPoint()).isZero();
        assertThat(report.checks())
            .contains("\"SELECT sum(n) FROM patient\" gives 6")
            .noneMatch(check -> check.startsWith("Passed over"));
        assertThat(Path.of(report.target()).resolve("PG_VERSION")).exists();
      }
    } finally {
      Trees.delete(here);
    }
  }
}
