package dev.portcullis.incident;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Signal;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Which incident a signal belongs to: the one that is not over, is near in time, and shares the
 * credential; else the account; else the source; else the route.
 *
 * <p>The route ties only what has nothing narrower on one of the two sides: two strangers who are
 * both known by their credentials are not one attacker because they use the same route.
 */
final class Correlation {
  /** How far a signal may lie from an incident's last one, before or after. */
  static final Duration WINDOW = Duration.ofHours(24);

  private static final String NOTHING_NARROWER =
      """
       AND NOT EXISTS (SELECT 1 FROM incident_signal n WHERE n.incident = i.number
        AND (n.credential IS NOT NULL OR n.account IS NOT NULL OR n.source IS NOT NULL))
      """;

  private Correlation() {}

  /** The number of that incident; the most recent where several fit. */
  static Optional<Long> find(Handle handle, Signal signal) {
    Principals principals = signal.principals();
    boolean onlyRoute =
        principals.credential().isEmpty()
            && principals.account().isEmpty()
            && principals.source().isEmpty();
    return by(handle, signal, "credential", principals.credential(), "")
        .or(() -> by(handle, signal, "account", principals.account(), ""))
        .or(() -> by(handle, signal, "source", principals.source(), ""))
        .or(() ->
            by(handle, signal, "route", principals.route(), onlyRoute ? "" : NOTHING_NARROWER));
  }

  private static Optional<Long> by(
      Handle handle, Signal signal, String column, Optional<String> value, String condition) {
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return handle
        .createQuery(
            """
            SELECT i.number FROM incident i
            WHERE i.state NOT IN ('DISMISSED', 'CLOSED')
              AND i.last_signal_at BETWEEN :from AND :to
              AND EXISTS (SELECT 1 FROM incident_signal s
                WHERE s.incident = i.number AND s.%s = :value)
              %s
            ORDER BY i.last_signal_at DESC, i.number DESC LIMIT 1
            """
                .formatted(column, condition))
        .bind("from", signal.at().minus(WINDOW).toEpochMilli())
        .bind("to", signal.at().plus(WINDOW).toEpochMilli())
        .bind("value", value.get())
        .mapTo(Long.class)
        .findOne();
  }
}
