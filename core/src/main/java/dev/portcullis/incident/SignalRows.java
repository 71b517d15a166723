package dev.portcullis.incident;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The table of signals; the store refuses to change or delete one. */
final class SignalRows {
  /** Signals of one incident that are read; later ones are kept and no longer read. */
  static final int MAX_READ = 10_000;

  private SignalRows() {}

  /** The number of the incident that took this signal before, if one did. */
  static Optional<Long> incidentOf(Handle handle, String signal) {
    return handle
        .createQuery("SELECT incident FROM incident_signal WHERE id = :id")
        .bind("id", signal)
        .mapTo(Long.class)
        .findOne();
  }

  static void insert(Handle handle, long incident, Signal signal) {
    handle
        .createUpdate(
            """
            INSERT INTO incident_signal (id, incident, ordinal, detector, at, severity, confidence,
              credential, account, source, route, summary, evidence, owasp, attack)
            SELECT :id, :incident, COALESCE(MAX(ordinal), 0) + 1, :detector, :at, :severity,
              :confidence, :credential, :account, :source, :route, :summary, :evidence, :owasp,
              :attack
            FROM incident_signal WHERE incident = :incident
            """)
        .bind("id", signal.id())
        .bind("incident", incident)
        .bind("detector", signal.detector())
        .bind("at", signal.at().toEpochMilli())
        .bind("severity", signal.severity().name())
        .bind("confidence", signal.confidence())
        .bind("credential", signal.principals().credential())
        .bind("account", signal.principals().account())
        .bind("source", signal.principals().source())
        .bind("route", signal.principals().route())
        .bind("summary", signal.summary())
        .bind("evidence", join(signal.evidence()))
        .bind("owasp", signal.owasp())
        .bind("attack", signal.attack())
        .execute();
  }

  /** An incident's signals, oldest first. */
  static List<Signal> read(Handle handle, long incident) {
    return handle
        .createQuery(
            """
            SELECT * FROM incident_signal WHERE incident = :incident AND ordinal <= :limit
            ORDER BY at, ordinal
            """)
        .bind("incident", incident)
        .bind("limit", MAX_READ)
        .reduceRows(
            new ArrayList<Signal>(),
            (signals, row) -> {
              signals.add(signal(row));
              return signals;
            });
  }

  static Principals principals(RowView row) {
    return new Principals(
        Optional.ofNullable(row.getColumn("credential", String.class)),
        Optional.ofNullable(row.getColumn("account", String.class)),
        Optional.ofNullable(row.getColumn("source", String.class)),
        Optional.ofNullable(row.getColumn("route", String.class)));
  }

  private static Signal signal(RowView row) {
    return new Signal(
        row.getColumn("id", String.class),
        row.getColumn("detector", String.class),
        Instant.ofEpochMilli(row.getColumn("at", Long.class)),
        Severity.valueOf(row.getColumn("severity", String.class)),
        row.getColumn("confidence", Double.class),
        principals(row),
        row.getColumn("summary", String.class),
        split(row.getColumn("evidence", String.class)),
        row.getColumn("owasp", String.class),
        row.getColumn("attack", String.class));
  }

  private static String join(List<Long> evidence) {
    return evidence.stream()
        .limit(Signal.MAX_EVIDENCE)
        .map(String::valueOf)
        .collect(Collectors.joining(","));
  }

  private static List<Long> split(String evidence) {
    return evidence.isEmpty()
        ? List.of()
        : Arrays.stream(evidence.split(",", -1)).map(Long::valueOf).toList();
  }
}
