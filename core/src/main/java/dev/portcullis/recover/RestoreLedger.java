package dev.portcullis.recover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import tools.jackson.databind.json.JsonMapper;

/** The restores in the store: numbered when ordered, reported when done. */
final class RestoreLedger {
  /** Reports given out at once, newest first. */
  static final int LISTED = 1000;

  private final Jdbi jdbi;
  private final JsonMapper json = JsonMapper.builder().build();

  RestoreLedger(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The number of a restore that begins; no other restore gets it, whatever becomes of this. */
  synchronized long begin(RecoveryDesk.Request request, Instant startedAt) {
    return jdbi.inTransaction(handle -> {
      long number =
          handle
                  .createQuery("SELECT COALESCE(MAX(number), 0) FROM restore_run")
                  .mapTo(Long.class)
                  .one()
              + 1;
      handle
          .createUpdate(
              "INSERT INTO restore_run (number, asset, incident, started_at)"
                  + " VALUES (:number, :asset, :incident, :startedAt)")
          .bind("number", number)
          .bind("asset", request.asset())
          .bind("incident", request.incident())
          .bind("startedAt", startedAt.toEpochMilli())
          .execute();
      return number;
    });
  }

  void finish(long number, RestoreReport report, Instant at) {
    end(number, "report", json.writeValueAsString(report), at);
  }

  void fail(long number, String message, Instant at) {
    end(number, "failure", message, at);
  }

  List<RestoreReport> reports() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT report FROM restore_run WHERE report IS NOT NULL"
                    + " ORDER BY number DESC LIMIT "
                    + LISTED)
            .mapTo(String.class)
            .map(report -> json.readValue(report, RestoreReport.class))
            .list());
  }

  /** Whether the asset's last restore that ended was verified; empty: there was none. */
  Optional<Boolean> proven(String asset) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                "SELECT CASE WHEN report IS NULL THEN 0 ELSE 1 END FROM restore_run"
                    + " WHERE asset = :asset AND finished_at IS NOT NULL"
                    + " ORDER BY number DESC LIMIT 1")
            .bind("asset", asset)
            .mapTo(Integer.class)
            .findFirst()
            .map(verified -> verified == 1));
  }

  private void end(long number, String column, String text, Instant at) {
    jdbi.useHandle(handle ->
        handle
            .createUpdate(
                "UPDATE restore_run SET finished_at = :at, "
                    + column
                    + " = :text WHERE number = :number")
            .bind("at", at.toEpochMilli())
            .bind("text", text)
            .bind("number", number)
            .execute());
  }
}
