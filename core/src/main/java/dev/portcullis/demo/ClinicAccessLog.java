package dev.portcullis.demo;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;

/**
 * What the sample API itself knows that it gave away, to measure the scope against. A file of its
 * own, {@code clinic-access.db}, so that a restore of the database leaves it alone.
 */
final class ClinicAccessLog implements AutoCloseable {
  private static final int OK = 200;

  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final InstantSource clock;
  private final AtomicLong requests;

  private ClinicAccessLog(HikariDataSource pool, InstantSource clock) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
    this.clock = clock;
    this.requests =
        new AtomicLong(
            jdbi.withHandle(handle -> {
              handle.execute(
                  "CREATE TABLE IF NOT EXISTS access (request INTEGER NOT NULL, at INTEGER NOT NULL,"
                      + " source TEXT NOT NULL, method TEXT NOT NULL, patient TEXT,"
                      + " status INTEGER NOT NULL)");
              handle.execute(
                  "CREATE INDEX IF NOT EXISTS access_of_source ON access (source, status)");
              return handle
                  .createQuery("SELECT COALESCE(MAX(request), 0) FROM access")
                  .mapTo(Long.class)
                  .one();
            }));
  }

  static ClinicAccessLog open(Path file, InstantSource clock) {
    return new ClinicAccessLog(SqlitePool.open(file, SQLiteConfig.SynchronousMode.NORMAL), clock);
  }

  /** Records an answer before it is sent; one row for each patient in it, or one without. */
  void record(String source, String method, int status, List<String> patients) {
    long request = requests.incrementAndGet();
    long at = clock.millis();
    jdbi.useTransaction(handle -> {
      var rows =
          handle.prepareBatch(
              "INSERT INTO access (request, at, source, method, patient, status)"
                  + " VALUES (:request, :at, :source, :method, :patient, :status)");
      for (Optional<String> patient : named(patients)) {
        rows.bind("request", request)
            .bind("at", at)
            .bind("source", source)
            .bind("method", method)
            .bind("patient", patient)
            .bind("status", status)
            .add();
      }
      rows.execute();
    });
  }

  private static List<Optional<String>> named(List<String> patients) {
    return patients.isEmpty()
        ? List.of(Optional.empty())
        : patients.stream().map(Optional::of).toList();
  }

  Set<String> patientsGivenTo(String source) {
    return jdbi.withHandle(handle ->
        new TreeSet<>(
            handle
                .createQuery(
                    "SELECT DISTINCT patient FROM access"
                        + " WHERE source = :source AND status = :ok AND patient IS NOT NULL")
                .bind("source", source)
                .bind("ok", OK)
                .mapTo(String.class)
                .list()));
  }

  long served(String source) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT count(DISTINCT request) FROM access"
                    + " WHERE source = :source AND status = :ok AND patient IS NOT NULL")
            .bind("source", source)
            .bind("ok", OK)
            .mapTo(Long.class)
            .one());
  }

  @Override
  public void close() {
    pool.close();
  }
}
