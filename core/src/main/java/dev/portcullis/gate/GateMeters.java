package dev.portcullis.gate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The gate's meters, registered once, so that the request path only adds to them. */
public final class GateMeters {
  /** Reasons that mean that a limit was hit. */
  private static final List<String> LIMITS =
      List.of(
          "request-line-too-long",
          "headers-too-large",
          "too-many-headers",
          "body-too-large",
          "response-too-large",
          "header-timeout",
          "body-timeout",
          "write-timeout",
          "idle-timeout",
          "connections",
          "upstream-busy");

  private final MeterRegistry registry;
  private final Map<String, Counter> limits = new HashMap<>();
  private final Counter unrecorded;
  private final AtomicInteger connections = new AtomicInteger();
  private final OfRoute unmatched;

  GateMeters(MeterRegistry registry) {
    this.registry = registry;
    for (String limit : LIMITS) {
      limits.put(
          limit,
          Counter.builder("portcullis.gate.limits")
              .description("How often a limit of the gate was hit")
              .tag("limit", limit)
              .register(registry));
    }
    this.unrecorded =
        Counter.builder("portcullis.gate.unrecorded")
            .description("Responses released without a record, as the configuration allows")
            .register(registry);
    Gauge.builder("portcullis.gate.connections", connections, AtomicInteger::get)
        .description("Open client connections")
        .register(registry);
    this.unmatched = ofRoute("none");
  }

  OfRoute ofRoute(String route) {
    return new OfRoute(
        requests(route, "forwarded"),
        requests(route, "refused"),
        requests(route, "failed"),
        Timer.builder("portcullis.gate.latency")
            .description("From a request's head to its response's last byte")
            .tag("route", route)
            .register(registry));
  }

  private Counter requests(String route, String outcome) {
    return Counter.builder("portcullis.gate.requests")
        .description("Requests by what became of them")
        .tag("route", route)
        .tag("outcome", outcome)
        .register(registry);
  }

  AtomicInteger upstreamConnections(String upstream) {
    var open = new AtomicInteger();
    Gauge.builder("portcullis.gate.upstream.connections", open, AtomicInteger::get)
        .description("Open connections to an upstream")
        .tag("upstream", upstream)
        .register(registry);
    return open;
  }

  OfRoute unmatched() {
    return unmatched;
  }

  void unrecorded() {
    unrecorded.increment();
  }

  /** Counts if that reason means that a limit was hit. */
  public void hit(String reason) {
    Counter counter = limits.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Open client connections. */
  public AtomicInteger connections() {
    return connections;
  }

  /** Meters of one route. */
  record OfRoute(Counter forwarded, Counter refused, Counter failed, Timer latency) {
    void latency(long nanos) {
      latency.record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}
