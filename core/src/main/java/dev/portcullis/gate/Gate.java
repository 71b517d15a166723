package dev.portcullis.gate;

import dev.portcullis.config.GateLimits;
import dev.portcullis.config.InspectionMode;
import dev.portcullis.gate.Control.Decision;
import dev.portcullis.gate.authz.AuthorisationControl;
import dev.portcullis.gate.blocklist.ContainmentControl;
import dev.portcullis.gate.inspect.Inspection;
import dev.portcullis.gate.wire.RequestMessage;
import dev.portcullis.gate.wire.Violation;
import dev.portcullis.journal.Finding;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final RouteTable routes;
  private final ContainmentControl containmentBySource;
  private final ContainmentControl containmentByPrincipal;
  private final List<Control> controls;
  private final Inspection inspection;
  private final Recorder recorder;
  private final GateMeters meters;
  private final GateLimits limits;
  private final InstantSource clock;
  private volatile boolean draining;
  private volatile DateText date = DateText.of(0);

  Gate(GateParts parts, RouteTable routes, GateMeters meters) {
    this.routes = routes;
    this.containmentBySource = ContainmentControl.bySource(parts.blocklist());
    this.containmentByPrincipal = ContainmentControl.byPrincipal(parts.blocklist());
    this.controls =
        List.of(
            containmentBySource,
            parts.authentication(),
            containmentByPrincipal,
            new AuthorisationControl(),
            parts.rateLimit());
    this.inspection = parts.inspection();
    this.recorder =
        new Recorder(
            parts.journal(),
            parts.pseudonyms(),
            new RecordedPath(routes, parts.pseudonyms()),
            meters);
    this.meters = meters;
    this.limits = parts.limits();
    this.clock = parts.clock();
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
      passage.refuse(
          new Refusal("route", "method-not-allowed", 405, "Method Not Allowed", allow));
    } else if (passage.message().framing().length() > route.settings().bodyLimit()) {
      passage.refuse(BODY_TOO_LARGE);
    } else if (route.refusesUnrecorded() && recorder.isImpossible()) {
      passage.refuse(
          Refusal.of("recording", "journal-unavailable", 503, "Service Unavailable"));
    } else {
      ask(passage, route, 0);
    }
  }

  private void ask(Passage passage, GateRoute route, int first) {
    GateRequest request = passage.request().orElseThrow();
    for (int i = first; i < controls.size(); i++) {
      switch (decide(controls.get(i), request)) {
        case Decision.Pass() -> {}
        case Decision.Refuse(Refusal refusal) -> {
          passage.refuse(refusal);
          return;
        }
        case Decision.Later(var later) -> {
          int asked = i;
          later.whenComplete(
              (decision, failure) ->
                  passage
                      .client()
                      .lane()
                      .loop()
                      .execute(() -> goOn(passage, route, asked, decision, failure)));
          return;
        }
      }
    }
    inspect(passage, route, request);
  }

  private void goOn(
      Passage passage, GateRoute route, int asked, Decision decision, Throwable failure) {
    if (!passage.isOpen()) {
      return;
    }
    switch (failure == null ? decision : broken(controls.get(asked), failure)) {
      case Decision.Pass() -> ask(passage, route, asked + 1);
      case Decision.Refuse(Refusal refusal) -> passage.refuse(refusal);
      case Decision.Later(var unused) ->
          passage.refuse(
              Refusal.of(controls.get(asked).name(), "undecided", 500, "Internal Server Error"));
    }
  }

  private static Decision decide(Control control, GateRequest request) {
    try {
      return control.decide(request);
    } catch (RuntimeException failure) {
      return broken(control, failure);
    }
  }

  // A control that can't decide has not let anybody through.
  private static Decision broken(Control control, Throwable failure) {
    LOG.error("control {} failed; the request is refused", control.name(), failure);
    return new Decision.Refuse(
        Refusal.of(control.name(), "control-failed", 500, "Internal Server Error"));
  }

  private void inspect(Passage passage, GateRoute route, GateRequest request) {
    if (!inspects(route)) {
      passage.forward(route, request);
    } else if (!passes(route, passage.inspectHead())) {
      refuseFound(passage, request);
    } else if (!passage.message().framing().hasBody()) {
      passage.forward(route, request);
    } else {
      passage
          .body()
          .gather(limits.inspectedBody(), () -> inspectBody(passage, route, request));
    }
  }

  private void inspectBody(Passage passage, GateRoute route, GateRequest request) {
    String contentType = passage.message().head().first("content-type").orElse("");
    byte[] first = passage.body().gathered(limits.inspectedBody());
    List<Finding> found = findings(() -> inspection.body(contentType, first));
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

  /** What the inspection finds in a head. */
  List<Finding> findings(RequestHead head) {
    return findings(() -> inspection.head(head));
  }

  // What broke the inspection may have been sent in order to break it.
  private static List<Finding> findings(Supplier<List<Finding>> inspection) {
    try {
      return inspection.get();
    } catch (RuntimeException failure) {
      LOG.error("the inspection failed; that counts as a finding", failure);
      return List.of(new Finding("inspection-failed", "inspection-failed", "request"));
    }
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

  /** Now, for the Date header (RFC 9110 §6.6.1). */
  String date() {
    long second = clock.instant().getEpochSecond();
    DateText known = date;
    if (known.second != second) {
      known = DateText.of(second);
      date = known;
    }
    return known.text;
  }

  /** A second as text; whoever finds it outdated makes the next. */
  private record DateText(long second, String text) {
    static DateText of(long second) {
      return new DateText(
          second,
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
    }
  }
}
