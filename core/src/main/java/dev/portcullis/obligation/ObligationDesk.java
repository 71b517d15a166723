package dev.portcullis.obligation;

import dev.portcullis.incident.Incident;
import dev.portcullis.scope.Scope;
import java.time.Instant;
import java.util.List;

/** Starts and shows the clocks. May block. */
public interface ObligationDesk {
  /**
   * Records an anchor fact of an incident; later facts of the same name supersede it, the old one
   * stays on record.
   *
   * @param fact such as {@code awareness}
   * @param decidedBy who decided
   * @param evidence on what
   */
  void record(String incident, String fact, Instant at, String decidedBy, String evidence);

  /**
   * Evaluates all configured rules for the incident as it is known now, and keeps the clocks. The
   * anchors {@code detection}, {@code awareness} and {@code discovery} that nobody recorded are
   * taken to be when it was detected: the earliest moment, which a person may correct. Idempotent.
   */
  List<Clock> start(Incident incident, Scope scope);

  /** The incident's clocks as they stand now. */
  List<Clock> clocks(String incident);

  /** All running clocks, the most urgent first. */
  List<Clock> running();

  /** The duty was fulfilled by that notice. */
  void submitted(String incident, String rule, Instant at, String notice);
}
