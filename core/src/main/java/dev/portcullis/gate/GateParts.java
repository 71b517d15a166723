package dev.portcullis.gate;

import dev.portcullis.config.GateLimits;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.config.UpstreamSettings;
import dev.portcullis.gate.blocklist.Blocklist;
import dev.portcullis.gate.inspect.Inspection;
import dev.portcullis.gate.propose.Samples;
import dev.portcullis.journal.Journal;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What a gate is made of.
 *
 * @param upstreamAuthorities PEM file of the certificate authorities that {@code https} upstreams
 *     are checked against; the platform's if empty
 * @param samples where responses of routes without a configuration of data are sampled
 */
public record GateParts(
    List<GateListener> listeners,
    List<UpstreamSettings> upstreams,
    List<RouteSettings> routes,
    GateLimits limits,
    Control authentication,
    Control rateLimit,
    Inspection inspection,
    Blocklist blocklist,
    Journal journal,
    MeterRegistry meters,
    InstantSource clock,
    Optional<Path> upstreamAuthorities,
    Samples samples) {

  /** With samples of its own, which nobody reads. */
  public GateParts(
      List<GateListener> listeners,
      List<UpstreamSettings> upstreams,
      List<RouteSettings> routes,
      GateLimits limits,
      Control authentication,
      Control rateLimit,
      Inspection inspection,
      Blocklist blocklist,
      Journal journal,
      MeterRegistry meters,
      InstantSource clock,
      Optional<Path> upstreamAuthorities) {
    this(
        listeners,
        upstreams,
        routes,
        limits,
        authentication,
        rateLimit,
        inspection,
        blocklist,
        journal,
        meters,
        clock,
        upstreamAuthorities,
        new Samples());
  }
}
