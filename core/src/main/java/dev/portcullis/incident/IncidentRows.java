package dev.portcullis.incident;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/** The table of incidents. */
final class IncidentRows {
  /** Incidents that are listed, newest first. */
  static final int MAX_LISTED = 1_000;

  private IncidentRows() {}

  /** Opens one for its first signal; returns its number. */
  static long open(Handle handle, Signal first, Instant now) {
    long number =
        handle
            .createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM incident")
            .mapTo(Long.class)
            .one();
    handle
        .createUpdate(
            """
            INSERT INTO incident
              (number, state, severity, title, opened_at, detected_at, last_signal_at)
            VALUES (:number, :state, :severity, '', :now, :at, :at)
            """)
        .bind("number", number)
        .bind("state", IncidentState.DETECTED.name())
        .bind("severity", first.severity().name())
        .bind("now", now.toEpochMilli())
        .bind("at", first.at().toEpochMilli())
        .execute();
    return number;
  }

  /** Derives all that follows from its signals anew. */
  static void derive(Handle handle, long number, List<Signal> signals) {
    Severity severity =
        signals.stream().map(Signal::severity).reduce(Severity.LOW, IncidentRows::worse);
    Principals merged =
        signals.stream().map(Signal::principals).reduce(IncidentRows::merge).orElseThrow();
    handle
        .createUpdate(
            """
            UPDATE incident SET severity = :severity, title = :title, detected_at = :first,
              last_signal_at = CASE WHEN last_signal_at > :last THEN last_signal_at ELSE :last END,
              credential = :credential, account = :account,
              source = :source, route = :route
            WHERE number = :number
            """)
        .bind("number", number)
        .bind("severity", severity.name())
        .bind("title", Titles.of(signals))
        .bind("first", signals.getFirst().at().toEpochMilli())
        .bind("last", signals.getLast().at().toEpochMilli())
        .bind("credential", merged.credential())
        .bind("account", merged.account())
        .bind("source", merged.source())
        .bind("route", merged.route())
        .execute();
  }

  static void setState(Handle handle, long number, IncidentState state) {
    handle
        .createUpdate("UPDATE incident SET state = :state WHERE number = :number")
        .bind("number", number)
        .bind("state", state.name())
        .execute();
  }

  static Optional<IncidentState> state(Handle handle, long number) {
    return handle
        .createQuery("SELECT state FROM incident WHERE number = :number")
        .bind("number", number)
        .mapTo(String.class)
        .findOne()
        .map(IncidentState::valueOf);
  }

  static Optional<Incident> find(Handle handle, long number) {
    return read(handle, List.of(number)).stream().findFirst();
  }

  static List<Incident> newest(Handle handle) {
    // open ones first, the worst of them first: a flood of small ones must not push a large one out
    List<Long> chosen =
        handle
            .createQuery(
                """
                SELECT number FROM incident
                ORDER BY CASE WHEN state IN ('CLOSED', 'DISMISSED') THEN 1 ELSE 0 END,
                  CASE severity
                    WHEN 'CRITICAL' THEN 0 WHEN 'HIGH' THEN 1 WHEN 'MEDIUM' THEN 2 ELSE 3 END,
                  number DESC
                LIMIT :limit
                """)
            .bind("limit", MAX_LISTED)
            .mapTo(Long.class)
            .list();
    return chosen.isEmpty() ? List.of() : read(handle, chosen);
  }

  private record Raised(List<String> signals, List<String> detectors) {}

  private static List<Incident> read(Handle handle, List<Long> numbers) {
    Map<Long, Raised> raised = raised(handle, numbers);
    return handle
        .createQuery("SELECT * FROM incident WHERE number IN (<numbers>) ORDER BY number DESC")
        .bindList("numbers", numbers)
        .reduceRows(
            new ArrayList<Incident>(),
            (incidents, row) -> {
              Raised signals =
                  raised.getOrDefault(
                      row.getColumn("number", Long.class), new Raised(List.of(), List.of()));
              incidents.add(incident(row, signals));
              return incidents;
            });
  }

  private static Map<Long, Raised> raised(Handle handle, List<Long> numbers) {
    return handle
        .createQuery(
            """
            SELECT incident, id, detector FROM incident_signal
            WHERE incident IN (<numbers>) AND ordinal <= :limit
            ORDER BY incident, at, ordinal
            """)
        .bindList("numbers", numbers)
        .bind("limit", SignalRows.MAX_READ)
        .reduceRows(
            new LinkedHashMap<Long, Raised>(),
            (all, row) -> {
              var one =
                  all.computeIfAbsent(
                      row.getColumn("incident", Long.class),
                      number -> new Raised(new ArrayList<>(), new ArrayList<>()));
              one.signals().add(row.getColumn("id", String.class));
              String detector = row.getColumn("detector", String.class);
              if (!one.detectors().contains(detector)) {
                one.detectors().add(detector);
              }
              return all;
            });
  }

  private static Incident incident(RowView row, Raised raised) {
    return new Incident(
        IncidentIds.format(row.getColumn("number", Long.class)),
        IncidentState.valueOf(row.getColumn("state", String.class)),
        Severity.valueOf(row.getColumn("severity", String.class)),
        row.getColumn("title", String.class),
        Instant.ofEpochMilli(row.getColumn("opened_at", Long.class)),
        Instant.ofEpochMilli(row.getColumn("detected_at", Long.class)),
        SignalRows.principals(row),
        List.copyOf(raised.detectors()),
        List.copyOf(raised.signals()));
  }

  private static Severity worse(Severity one, Severity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The earlier signal's word stands where both name somebody. */
  private static Principals merge(Principals earlier, Principals later) {
    return new Principals(
        earlier.credential().or(later::credential),
        earlier.account().or(later::account),
        earlier.source().or(later::source),
        earlier.route().or(later::route));
  }
}
