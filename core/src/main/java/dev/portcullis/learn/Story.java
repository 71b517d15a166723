package dev.portcullis.learn;

import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.notify.Notice;
import dev.portcullis.obligation.Clock;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.Order;
import dev.portcullis.scope.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is recorded of an incident, oldest first.
 *
 * @param orders that serve it
 * @param restores made for it
 */
record Story(
    Incident incident,
    List<Signal> signals,
    List<TimelineEntry> timeline,
    Optional<Scope> scope,
    List<Order> orders,
    List<Clock> clocks,
    List<Notice> notices,
    List<RestoreReport> restores) {

  /** The first hostile exchange. */
  Optional<Instant> began() {
    return scope.flatMap(Scope::firstHostile);
  }

  /** The first signal. */
  Instant noticed() {
    return signals.isEmpty() ? incident.detectedAt() : signals.getFirst().at();
  }

  /** The first order. */
  Optional<Instant> contained() {
    return orders.stream().findFirst().map(Order::createdAt);
  }

  /** The end of the first verified restore over the live asset. */
  Optional<Instant> recovered() {
    return restores.stream()
        .filter(each -> each.live() && each.verified())
        .findFirst()
        .map(each -> each.startedAt().plus(each.recoveryTime()));
  }

  /** From the first hostile exchange to the first signal. */
  Optional<Duration> timeToDetect() {
    return began().map(at -> Duration.between(at, noticed()));
  }

  /** From the first signal to the first order. */
  Optional<Duration> timeToContain() {
    return contained().map(at -> Duration.between(noticed(), at));
  }

  /** From the first signal to verified content. */
  Optional<Duration> timeToRecover() {
    return recovered().map(at -> Duration.between(noticed(), at));
  }
}
