package dev.portcullis.gate;

import dev.portcullis.gate.observe.Findings;
import dev.portcullis.gate.observe.Observed;
import dev.portcullis.gate.wire.BodyReader;
import dev.portcullis.gate.wire.RequestMessage;
import dev.portcullis.gate.wire.Violation;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Outcome;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through the gate and back. However it ends, it ends once: with one exchange in
 * the journal and one response, or a broken-off connection.
 */
public final class Passage implements BodyReader.Sink {
  private enum Stage {
    /** Anything may still happen. */
    OPEN,
    /** What happened is with the journal; the response waits for its word. */
    RECORDING,
    /** Nothing more happens. */
    OVER
  }

  private final Gate gate;
  private final ClientLink client;
  private final RequestMessage message;
  private final ReceivedHead head;
  private final RequestBody body;
  private final Instant at;
  private final long started = System.nanoTime();
  private final String requestId;
  private Stage stage = Stage.OPEN;
  private @Nullable GateRoute route;
  private @Nullable GateRequest request;
  private @Nullable Forwarding forwarding;
  private @Nullable List<Finding> findings;

  Passage(Gate gate, ClientLink client, RequestMessage message, Instant at) {
    this.gate = gate;
    this.client = client;
    this.message = message;
    this.head = new ReceivedHead(message, client.source());
    this.body = new RequestBody(client, message.framing().hasBody());
    this.at = at;
    var random = ThreadLocalRandom.current();
    // The version and variant of a random UUID (RFC 9562 §5.4); it names, it does not protect.
    this.requestId =
        new UUID(
                (random.nextLong() & ~0xf000L) | 0x4000L,
                (random.nextLong() & ~(3L << 62)) | (1L << 63))
            .toString();
  }

  // What the gate finds out on the way.

  void matched(GateRoute which, Map<String, String> parameters) {
    route = which;
    request = new GateRequest(head, which.settings(), parameters);
  }

  /** Looks at the head once, however often it is asked. */
  List<Finding> inspectHead() {
    if (findings == null) {
      List<Finding> found = gate.inspection().head(head);
      findings = found;
      if (request != null) {
        request.findings().addAll(found);
      }
    }
    return findings;
  }

  List<Finding> findings() {
    return request != null ? request.findings() : findings != null ? findings : List.of();
  }

  ReceivedHead head() {
    return head;
  }

  ClientLink client() {
    return client;
  }

  RequestMessage message() {
    return message;
  }

  RequestBody body() {
    return body;
  }

  Optional<GateRoute> route() {
    return Optional.ofNullable(route);
  }

  Optional<GateRequest> request() {
    return Optional.ofNullable(request);
  }

  Instant at() {
    return at;
  }

  long started() {
    return started;
  }

  String requestId() {
    return requestId;
  }

  long requestBytes() {
    return body.received();
  }

  /** What the part of the request's body carried that was sent on. */
  Findings written() {
    return forwarding == null ? Observed.NOTHING : forwarding.written();
  }

  boolean isOpen() {
    return stage == Stage.OPEN;
  }

  // How it goes on, and how it ends.

  void forward(GateRoute via, GateRequest allowed) {
    var there = new Forwarding(gate, this, via, allowed);
    forwarding = there;
    there.start(false);
  }

  /** The response is here, whole; it leaves when its exchange is recorded. */
  void delivered(Forwarding response, Findings observed) {
    stage = Stage.RECORDING;
    body.discard();
    gate.recorder()
        .record(
            this,
            new Outcome.Forwarded(),
            response.status(),
            response.bytes(),
            observed,
            response.route().durability(),
            lost -> answerRecorded(response, lost));
  }

  private void answerRecorded(Forwarding response, Optional<String> lost) {
    if (stage != Stage.RECORDING) {
      return;
    }
    if (lost.isPresent() && response.route().refusesUnrecorded()) {
      instead(response, Problem.of(503));
      return;
    }
    Optional<Refusal> refusal = gate.containment(response.request());
    if (refusal.isPresent()) {
      // An order came between the record and the answer: the answer stays, and the journal, which
      // already counts it as given, learns that it was not.
      Refusal why = refusal.get();
      record(refused(why.control(), why.reason()), why.status(), 0, Observed.NOTHING);
      instead(response, new Problem(why.status(), why.title(), why.headers()));
      return;
    }
    if (lost.isPresent()) {
      gate.recorder().unrecorded(response.route().settings().name(), lost.get());
    }
    stage = Stage.OVER;
    response.held().release();
    client.complete(response.keepsAlive());
  }

  private void record(Outcome outcome, int status, long bytes, Findings observed) {
    gate.recorder()
        .record(this, outcome, status, bytes, observed, Journal.Durability.WRITTEN, lost -> {});
  }

  private void instead(Forwarding response, Problem problem) {
    if (response.held().isBegun()) {
      breakOff();
    } else {
      response.held().discard();
      answer(problem);
    }
  }

  /** A control refuses. */
  void refuse(Refusal refusal) {
    conclude(
        refused(refusal.control(), refusal.reason()),
        new Problem(refusal.status(), refusal.title(), refusal.headers()));
  }

  /** The request or its framing is no HTTP, or too large. */
  void refuse(Violation violation) {
    conclude(refused(Gate.HTTP, violation.reason()), Problem.of(violation.status()));
  }

  // "Refused" says that nothing happened. Once the API has the request, that holds only for a
  // method that changes nothing, and only while nothing of the answer has left.
  private Outcome refused(String control, String reason) {
    boolean nothingHappened =
        forwarding == null
            || !forwarding.isSent()
            || (isSafe(message.method()) && !forwarding.held().isBegun());
    return nothingHappened ? new Outcome.Refused(control, reason) : new Outcome.Failed(reason);
  }

  private static boolean isSafe(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> true;
      default -> false;
    };
  }

  /** It was let through and something broke. */
  void fail(int status, String reason) {
    conclude(new Outcome.Failed(reason), Problem.of(status));
  }

  private void conclude(Outcome outcome, Problem problem) {
    if (stage != Stage.OPEN) {
      return;
    }
    stage = Stage.RECORDING;
    body.discard();
    inspectUnlessOff();
    Forwarding begun = begun();
    if (begun == null) {
      gate.recorder()
          .record(
              this,
              outcome,
              problem.status(),
              0,
              Observed.NOTHING,
              Journal.Durability.WRITTEN,
              lost -> answerOnce(problem));
    } else {
      record(outcome, begun.status(), begun.bytes(), begun.observedSoFar());
      breakOff();
    }
  }

  // Whoever is refused before the inspection's turn may be an attacker all the more.
  private void inspectUnlessOff() {
    if (route == null || gate.inspects(route)) {
      inspectHead();
    }
  }

  /** Ends the conversation with the upstream; the response if some of it has left already. */
  private @Nullable Forwarding begun() {
    if (forwarding == null) {
      return null;
    }
    forwarding.cancel();
    if (forwarding.held().isBegun()) {
      return forwarding;
    }
    forwarding.held().discard();
    return null;
  }

  private void answerOnce(Problem problem) {
    if (stage == Stage.RECORDING) {
      answer(problem);
    }
  }

  private void answer(Problem problem) {
    stage = Stage.OVER;
    boolean keepAlive = message.keepsAlive() && client.isReusable() && !gate.isDraining();
    ByteBuf out = client.allocator().buffer(512);
    withControlHeaders(problem)
        .write(out, requestId, gate.date(), !message.method().equals("HEAD"), keepAlive);
    client.write(out);
    client.flush();
    client.complete(keepAlive);
  }

  private Problem withControlHeaders(Problem problem) {
    if (request == null || request.responseHeaders().isEmpty()) {
      return problem;
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.responseHeaders());
    headers.putAll(problem.headers());
    return new Problem(problem.status(), problem.title(), headers);
  }

  private void breakOff() {
    stage = Stage.OVER;
    if (forwarding != null) {
      forwarding.held().discard();
    }
    client.abort();
  }

  // What the client's connection tells.

  @Override
  public void part(ByteBuf part) {
    long most = route == null ? Long.MAX_VALUE : route.settings().bodyLimit();
    boolean tooLarge = stage == Stage.OPEN && requestBytes() + part.readableBytes() > most;
    if (tooLarge) {
      refuse(Gate.BODY_TOO_LARGE);
    }
    body.part(part);
  }

  /** The request's body has ended. */
  public void bodyEnd() {
    body.end();
  }

  /** The request's body is broken or came too slowly. */
  public void bodyBroken(Violation violation) {
    refuse(violation);
  }

  /** The client takes more of the response again. */
  public void clientWritable() {
    if (forwarding != null && stage == Stage.OPEN) {
      forwarding.clientWritable();
    }
  }

  /** The client stopped reading. */
  public void clientStalled() {
    fail(0, "write-timeout");
  }

  /** The client's connection is gone. */
  public void clientClosed() {
    if (stage == Stage.OPEN) {
      body.discard();
      inspectUnlessOff();
      Forwarding begun = begun();
      if (begun == null) {
        record(new Outcome.Failed("client-closed"), 0, 0, Observed.NOTHING);
      } else {
        record(
            new Outcome.Failed("client-closed"),
            begun.status(),
            begun.bytes(),
            begun.observedSoFar());
      }
    }
    stage = Stage.OVER;
    if (forwarding != null) {
      forwarding.held().discard();
    }
  }
}
