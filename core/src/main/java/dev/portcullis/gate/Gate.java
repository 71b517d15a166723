package dev.portcullis.gate;

import dev.portcullis.config.GateLimits;
import dev.portcullis.config.InspectionMode;
import dev.portcullis.gate.authz.AuthorisationControl;
import dev.portcullis.gate.blocklist.ContainmentControl;
import dev.portcullis.gate.inspect.Inspection;
import dev.portcullis.gate.wire.RequestMessage;
import dev.portcullis.gate.wire.Violation;
import dev.portcullis.journal.Finding;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of a request, whole: match the route, pass the controls in order, inspect, forward,
 * record. The response then leaves when its exchange is recorded ({@link Passage}).
 *
 * <pre>
 *   enter → route → containment → authentication → containment → authorisation → rate-limit
 *         → inspection → forward → (response) containment → record → release
 * </pre>
 *
 * <p>Each step either calls the next or ends the passage; none blocks, all run on the connection's
 * event loop.
 */
public final class Gate {
  /** The stage that reads messages, as a control's name in the journal. */
  static final String HTTP = "http";

  static final Violation BODY_TOO_LARGE = new Violation(413, "body-too-large");

  private final RouteTable routes;
  private final ContainmentControl containmentBySource;
  private final ContainmentControl containmentByPrincipal;
  private final ControlChain controls;
  private final Inspection inspection;
  private final Recorder recorder;
  private final GateMeters meters;
  private final GateLimits limits;
  private final InstantSource clock;
  private final DateHeader date;
  private volatile boolean draining;

  Gate(GateParts parts, RouteTable routes, GateMeters meters) {
    this.routes = routes;
    this.containmentBySource = ContainmentControl.bySource(parts.blocklist());
    this.containmentByPrincipal = ContainmentControl.byPrincipal(parts.blocklist());
    this.controls =
        new ControlChain(
            List.of(
                containmentBySource,
                parts.authentication(),
                containmentByPrincipal,
                new AuthorisationControl(),
                parts.rateLimit()));
    this.inspection = new CarefulInspection(parts.inspection());
    this.recorder = new Recorder(parts.journal(), new RecordedPath(routes), meters);
    this.meters = meters;
    this.limits = parts.limits();
    this.clock = parts.clock();
    this.date = new DateHeader(parts.clock());
  }

  /** A request's head has been read; its body, if any, follows through the passage. */
  public Passage open(ClientLink client, RequestMessage message) {
    return new Passage(this, client, message, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  /** Sets a passage going. */
  public void enter(Passage passage) {
    Optional<Violation> violation = passage.message().violation();
    if (violation.isPresent()) {
      passage.refuse(violation.get());
      return;
    }
    String method = passage.message().method();
    Optional<RouteTable.Match> match = routes.match(passage.message().target().segments());
    if (match.isEmpty()) {
      passage.refuse(Refusal.of("route", "unknown-route", 404, "Not Found"));
      return;
    }
    Optional<GateRoute> allowed = match.get().forMethod(method);
    GateRoute route = allowed.orElse(match.get().any());
    passage.matched(route, match.get().parameters(route));
    if (allowed.isEmpty()) {
      var allow = Map.of("Allow", match.get().allowed());
      passage.refuse(new Refusal("route", "method-not-allowed", 405, "Method Not Allowed", allow));
    } else if (passage.message().framing().length() > route.settings().bodyLimit()) {
      passage.refuse(BODY_TOO_LARGE);
    } else if (route.refusesUnrecorded() && recorder.isImpossible()) {
      passage.refuse(Refusal.of("recording", "journal-unavailable", 503, "Service Unavailable"));
    } else {
      GateRequest request = passage.request().orElseThrow();
      controls.ask(passage, request, () -> inspect(passage, route, request));
    }
  }

  private void inspect(Passage passage, GateRoute route, GateRequest request) {
    if (!inspects(route)) {
      passage.forward(route, request);
    } else if (!passes(route, passage.inspectHead())) {
      refuseFound(passage, request);
    } else if (!passage.message().framing().hasBody()) {
      passage.forward(route, request);
    } else {
      passage.body().gather(limits.inspectedBody(), () -> inspectBody(passage, route, request));
    }
  }

  private void inspectBody(Passage passage, GateRoute route, GateRequest request) {
    String contentType = passage.message().head().first("content-type").orElse("");
    byte[] first = passage.body().gathered(limits.inspectedBody());
    List<Finding> found = inspection.body(contentType, first);
    request.findings().addAll(found);
    if (passes(route, found)) {
      passage.forward(route, request);
    } else {
      refuseFound(passage, request);
    }
  }

  private static boolean passes(GateRoute route, List<Finding> found) {
    return found.isEmpty() || route.settings().inspection() != InspectionMode.REFUSE;
  }

  private static void refuseFound(Passage passage, GateRequest request) {
    String category = request.findings().getFirst().category();
    passage.refuse(Refusal.of("inspection", category, 403, "Forbidden"));
  }

  /** Whether that route's requests are looked into. */
  boolean inspects(GateRoute route) {
    return route.settings().inspection() != InspectionMode.OFF;
  }

  /** What the orders in force say about a request that has passed the controls. */
  Optional<Refusal> containment(GateRequest request) {
    Optional<Refusal> refusal = containmentBySource.refusal(request);
    return refusal.isPresent() ? refusal : containmentByPrincipal.refusal(request);
  }

  Inspection inspection() {
    return inspection;
  }

  Recorder recorder() {
    return recorder;
  }

  /** The bounds in force. */
  public GateLimits limits() {
    return limits;
  }

  /** Where limits that end connections are counted. */
  public GateMeters meters() {
    return meters;
  }

  /** From now on no connection is kept for another request. */
  void drain() {
    draining = true;
  }

  /** Whether the gate is about to stop. */
  public boolean isDraining() {
    return draining;
  }

  /** Now, for the Date header. */
  String date() {
    return date.now();
  }
}
