package dev.portcullis.respond;

import dev.portcullis.gate.blocklist.Restriction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Containment orders. All methods may be called from any thread and may block. */
public interface Containment {
  /**
   * What is asked for.
   *
   * @param expiry how long it lasts
   */
  record Request(
      Restriction.Kind kind,
      String target,
      Optional<String> incident,
      String author,
      String reason,
      Duration expiry) {}

  /**
   * Persists the order, then puts it in force: when this returns, the next request is refused. The
   * same kind of order about the same target that is in force already is returned as it is.
   *
   * @throws IllegalArgumentException when the target is malformed or unknown
   */
  Order apply(Request request);

  /** Whom it would have hit in the last hour. */
  Preview preview(Restriction.Kind kind, String target);

  /**
   * Lifts an order.
   *
   * @throws IllegalArgumentException when there is no such order in force
   */
  Order release(String order, String author, String reason);

  /** All orders, newest first. */
  List<Order> list();

  /** Those that restrict something at that moment, newest first. */
  default List<Order> inForce(Instant now) {
    return list().stream().filter(order -> order.isInForce(now)).toList();
  }

  /** Those that serve an incident, newest first. */
  default List<Order> of(String incident) {
    return list().stream().filter(order -> order.incident().equals(Optional.of(incident))).toList();
  }
}
