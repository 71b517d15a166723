package dev.portcullis.recover;

import dev.portcullis.recover.engine.Summary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How each backup into each destination went, kept in the store. */
final class BackupLedger {
  /** Runs looked at for one destination's state. */
  static final int LOOKED_AT = 50;

  /** Runs kept of each asset and destination. */
  static final int KEPT = 1_000;

  private final Jdbi jdbi;

  BackupLedger(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * One backup into one destination.
   *
   * @param startedAt epoch milliseconds
   * @param bytes of the asset
   * @param added of them new, before compression
   * @param packed the same, after compression
   */
  record Run(long startedAt, long bytes, long added, long packed, Optional<String> failure) {
    Instant started() {
      return Instant.ofEpochMilli(startedAt);
    }
  }

  void good(String asset, String destination, Instant startedAt, Instant at, Summary summary) {
    insert(
        asset,
        destination,
        startedAt,
        at,
        new Run(0, summary.bytes(), summary.added(), summary.packed(), Optional.empty()));
  }

  void failed(String asset, String destination, Instant startedAt, Instant at, String failure) {
    insert(asset, destination, startedAt, at, new Run(0, 0, 0, 0, Optional.of(failure)));
  }

  /** Newest first. */
  List<Run> runs(String asset, String destination) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT started_at, bytes, added, packed, failure FROM backup_run"
                    + " WHERE asset = :asset AND destination = :destination"
                    + " ORDER BY number DESC LIMIT "
                    + LOOKED_AT)
            .bind("asset", asset)
            .bind("destination", destination)
            .map(ConstructorMapper.of(Run.class))
            .list());
  }

  private void insert(String asset, String destination, Instant startedAt, Instant at, Run run) {
    jdbi.useTransaction(handle -> {
      long number =
          handle
                  .createQuery("SELECT COALESCE(MAX(number), 0) FROM backup_run")
                  .mapTo(Long.class)
                  .one()
              + 1;
      handle
          .createUpdate(
              "INSERT INTO backup_run"
                  + " (number, asset, destination, started_at, finished_at, bytes, added, packed,"
                  + " failure) VALUES (:number, :asset, :destination, :startedAt, :finishedAt,"
                  + " :bytes, :added, :packed, :failure)")
          .bind("number", number)
          .bind("asset", asset)
          .bind("destination", destination)
          .bind("startedAt", startedAt.toEpochMilli())
          .bind("finishedAt", at.toEpochMilli())
          .bind("bytes", run.bytes())
          .bind("added", run.added())
          .bind("packed", run.packed())
          .bind("failure", run.failure())
          .execute();
      handle
          .createUpdate(
              "DELETE FROM backup_run WHERE asset = :asset AND destination = :destination"
                  + " AND number <= (SELECT MAX(number) FROM backup_run WHERE asset = :asset AND"
                  + " destination = :destination) - :kept")
          .bind("asset", asset)
          .bind("destination", destination)
          .bind("kept", KEPT)
          .execute();
    });
  }
}
