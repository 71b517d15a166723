package dev.portcullis.gate;

import dev.portcullis.config.RouteSettings;
import dev.portcullis.config.UpstreamSettings;
import dev.portcullis.gate.listener.Listener;
import dev.portcullis.gate.listener.Transport;
import dev.portcullis.gate.observe.ObservationPlan;
import dev.portcullis.gate.upstream.Upstream;
import dev.portcullis.gate.upstream.UpstreamPool;
import dev.portcullis.gate.wire.Deadlines;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The gate as a server: made of its parts, started, asked for its addresses, stopped. */
public final class GateServer {
  private final GateParts parts;
  private final GateMeters meters;
  private final Gate gate;
  private final List<Upstream> upstreams;
  private final List<AtomicInteger> open = new ArrayList<>();
  private final Map<String, Listener> listeners;
  private final Transport transport;
  private final Map<EventLoop, Lane> lanes;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * Makes everything ready and listens to nothing yet.
   *
   * @throws IllegalArgumentException for a JSON path, certificate or key that can't be read
   */
  public GateServer(GateParts parts) {
    this.parts = parts;
    this.meters = new GateMeters(parts.meters());
    this.upstreams =
        parts.upstreams().stream()
            .map(settings -> new Upstream(settings, parts.upstreamAuthorities()))
            .toList();
    List<String> names = parts.upstreams().stream().map(UpstreamSettings::name).toList();
    names.forEach(name -> open.add(meters.upstreamConnections(name)));
    var routes =
        new RouteTable(parts.routes().stream().map(route -> compile(route, names)).toList());
    this.gate = new Gate(parts, routes, meters);
    this.listeners = new LinkedHashMap<>();
    for (GateListener listener : parts.listeners()) {
      listeners.put(listener.name(), new Listener(listener, gate));
    }
    // Last, because it starts threads: whoever throws before leaves none behind.
    this.transport = new Transport();
    this.lanes = transport.lanes(this::lane);
  }

  private GateRoute compile(RouteSettings route, List<String> upstreamNames) {
    Optional<ObservationPlan> plan =
        route.data().isEmpty()
            ? Optional.empty()
            : Optional.of(new ObservationPlan(route.data(), parts.limits().observedBody()));
    int upstream = upstreamNames.indexOf(route.upstream());
    if (upstream < 0) {
      throw new IllegalArgumentException(
          "route %s: upstream %s is not among %s"
              .formatted(route.name(), route.upstream(), upstreamNames));
    }
    return new GateRoute(
        route,
        upstream,
        plan,
        plan.isPresent() ? Optional.empty() : parts.samples().of(route.name()),
        meters.ofRoute(route.name()));
  }

  private Lane lane(EventLoop loop) {
    var deadlines = new Deadlines(loop, Deadlines.tickFor(shortestTimeout()));
    var pools = new ArrayList<UpstreamPool>();
    for (int i = 0; i < upstreams.size(); i++) {
      int bound = Math.max(1, upstreams.get(i).settings().connections() / transport.loops());
      pools.add(
          new UpstreamPool(
              upstreams.get(i), loop, transport.clientChannel(), deadlines, bound, open.get(i)));
    }
    return new Lane(loop, deadlines, List.copyOf(pools));
  }

  private Duration shortestTimeout() {
    var limits = parts.limits();
    return Stream.concat(
            Stream.of(limits.headerTimeout(), limits.bodyTimeout(), limits.idleTimeout()),
            parts.upstreams().stream()
                .flatMap(each -> Stream.of(each.connectTimeout(), each.responseTimeout())))
        .min(Duration::compareTo)
        .orElseThrow();
  }

  /**
   * Listens on all addresses.
   *
   * @throws IllegalStateException naming the listener and address that can't be bound
   */
  public void start() {
    listeners.values().forEach(listener -> listener.bind(transport, lanes));
  }

  /**
   * Where a listener listens, with the port that the system chose if it was to.
   *
   * @throws IllegalArgumentException if there is no such listener
   */
  public InetSocketAddress address(String listener) {
    Listener named = listeners.get(listener);
    if (named == null) {
      throw new IllegalArgumentException(
          "no listener %s (expected: one of %s)".formatted(listener, listeners.keySet()));
    }
    return named.address();
  }

  /** Listens no more, lets the requests in flight finish within that time, closes the rest. */
  public void stop(Duration deadline) {
    if (!stopped.compareAndSet(false, true)) {
      return;
    }
    gate.drain();
    listeners.values().forEach(Listener::close);
    long until = System.nanoTime() + deadline.toNanos();
    listeners.values().forEach(listener -> listener.finish(until));
    lanes
        .values()
        .forEach(lane -> lane.loop().execute(() -> lane.pools().forEach(UpstreamPool::close)));
    transport.close();
  }
}
