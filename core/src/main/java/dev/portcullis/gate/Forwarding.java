package dev.portcullis.gate;

import dev.portcullis.gate.observe.BodyObserver;
import dev.portcullis.gate.observe.Findings;
import dev.portcullis.gate.observe.ObservationPlan;
import dev.portcullis.gate.observe.Observed;
import dev.portcullis.gate.propose.RouteSamples;
import dev.portcullis.gate.upstream.UpstreamConnection;
import dev.portcullis.gate.upstream.UpstreamExchange;
import dev.portcullis.gate.upstream.UpstreamFailure;
import dev.portcullis.gate.upstream.UpstreamPool;
import dev.portcullis.gate.wire.Ascii;
import dev.portcullis.gate.wire.Framing;
import dev.portcullis.gate.wire.RequestMessage;
import dev.portcullis.gate.wire.ResponseMessage;
import dev.portcullis.journal.Observation;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request on its way to the upstream and the response on its way back: read for data subjects,
 * held back as the route says, streamed no faster than the slower side takes it.
 */
final class Forwarding implements UpstreamExchange, RequestBody.Taker {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

  private final Gate gate;
  private final Passage passage;
  private final GateRoute route;
  private final GateRequest request;
  private final RequestMessage message;
  private final ClientLink client;
  private final UpstreamPool pool;
  private final HeldResponse held;
  private @Nullable UpstreamConnection connection;
  private @Nullable BodyObserver observer;
  private @Nullable Findings observed;
  private @Nullable BodyObserver requestObserver;
  private @Nullable Findings written;
  private boolean requestEnded;
  private boolean retried;
  private boolean sent;
  private boolean over;
  private boolean keepsAlive;
  private int status;
  private long bytes;

  Forwarding(Gate gate, Passage passage, GateRoute route, GateRequest request) {
    this.gate = gate;
    this.passage = passage;
    this.route = route;
    this.request = request;
    this.message = passage.message();
    this.client = passage.client();
    this.pool = client.lane().pools().get(route.upstream());
    this.held = new HeldResponse(client, route.holdsWhole(), gate.limits().observedBody());
  }

  void start(boolean fresh) {
    pool.acquire(this, fresh);
  }

  GateRoute route() {
    return route;
  }

  GateRequest request() {
    return request;
  }

  HeldResponse held() {
    return held;
  }

  int status() {
    return status;
  }

  long bytes() {
    return bytes;
  }

  boolean keepsAlive() {
    return keepsAlive;
  }

  /** Whether the upstream may have got the request, or some of it. */
  boolean isSent() {
    return sent;
  }

  // An order bites wherever the request waits or flows, not only before it was let through.
  private boolean isContained() {
    Optional<Refusal> refusal = gate.containment(request);
    refusal.ifPresent(passage::refuse);
    return refusal.isPresent();
  }

  /** Nothing more is sent to the upstream or taken from it. */
  void cancel() {
    over = true;
    // What observes may hold memory outside the heap.
    observedSoFar();
    written();
    if (connection != null) {
      connection.cancel();
      connection = null;
    } else {
      pool.forget(this);
    }
  }

  // The request.

  @Override
  public void connected(UpstreamConnection to) {
    if (over) {
      to.cancel();
      return;
    }
    connection = to;
    if (isContained()) {
      return;
    }
    ByteBuf head = client.allocator().buffer(1_024);
    RequestWriter.write(
        head,
        message,
        pool.upstream().authority(),
        client.source(),
        client.isSecure(),
        route.readsBody(message.method()),
        passage.requestId());
    to.writeHead(head, message.method().equals("HEAD"));
    sent = true;
    if (message.framing().hasBody()) {
      requestObserver = requestObserver();
      to.flush();
      passage.body().pour(this);
    } else {
      to.requestDone();
    }
  }

  private @Nullable BodyObserver requestObserver() {
    ObservationPlan plan = route.observation().orElse(null);
    return plan != null && plan.readsRequest(message.method())
        ? plan.observeRequest(
            message.method(),
            message.head().first("content-type"),
            message.head().first("content-encoding"))
        : null;
  }

  @Override
  public void bodyPart(ByteBuf part) {
    UpstreamConnection to = connection;
    if (to == null || isContained()) {
      part.release();
      return;
    }
    if (requestObserver != null && written == null) {
      requestObserver.bytes(part.nioBuffer());
    }
    if (message.framing().kind() == Framing.Kind.CHUNKED) {
      ByteBuf size = client.allocator().buffer(16);
      Ascii.chunkSize(size, part.readableBytes());
      to.write(size);
      to.write(part);
      ByteBuf end = client.allocator().buffer(2);
      to.write(end.writeShort('\r' << 8 | '\n'));
    } else {
      to.write(part);
    }
    to.flush();
    if (!to.isWritable()) {
      client.want(false);
    }
  }

  @Override
  public void bodyEnd() {
    if (connection == null) {
      return;
    }
    requestEnded = true;
    if (message.framing().kind() == Framing.Kind.CHUNKED) {
      ByteBuf last = client.allocator().buffer(8);
      Ascii.write(last, "0\r\n\r\n");
      connection.write(last);
    }
    connection.requestDone();
  }

  @Override
  public void writable() {
    if (!passage.body().isEnded()) {
      client.want(true);
    }
  }

  @Override
  public void failed(UpstreamFailure failure) {
    connection = null;
    if (over) {
      return;
    }
    // Only what can't have been acted upon is sent again, once: a kept-alive connection that was
    // closed as we wrote to it, a method that may be repeated, no body (RFC 9110 §9.2.2).
    boolean again =
        failure == UpstreamFailure.STALE
            && !retried
            && isIdempotent(message.method())
            && !message.framing().hasBody();
    if (again) {
      retried = true;
      start(true);
      return;
    }
    passage.fail(failure.status(), failure.reason());
  }

  private static boolean isIdempotent(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
      default -> false;
    };
  }

  // The response.

  @Override
  public void head(ResponseMessage response) {
    status = response.status();
    if (isContained()) {
      return;
    }
    Framing framing = framing(response);
    keepsAlive =
        message.keepsAlive()
            && framing.kind() != Framing.Kind.UNTIL_CLOSE
            && client.isReusable()
            && !gate.isDraining();
    observer = observer(response);
    ByteBuf out = client.allocator().buffer(1_024);
    ResponseWriter.write(
        out,
        response,
        framing,
        message.method().equals("HEAD"),
        request.responseHeaders(),
        passage.requestId(),
        gate.date(),
        keepsAlive);
    held.head(out, framing);
  }

  private @Nullable BodyObserver observer(ResponseMessage response) {
    ObservationPlan plan = route.observation().orElse(null);
    if (plan != null) {
      return plan.observe(
          message.method(),
          status,
          response.head().first("content-type"),
          response.head().first("content-encoding"),
          response.head().first("content-range"));
    }
    RouteSamples samples = route.samples().orElse(null);
    return samples != null && samples.isDue() && framing(response).hasBody()
        ? samples
            .take(
                status,
                response.head().first("content-type"),
                response.head().first("content-encoding"))
            .orElse(null)
        : null;
  }

  private Framing framing(ResponseMessage response) {
    Framing framing = response.framing();
    return switch (framing.kind()) {
      case NONE, LENGTH -> framing;
      case CHUNKED, UNTIL_CLOSE -> message.isHttp10() ? Framing.UNTIL_CLOSE : Framing.CHUNKED;
    };
  }

  @Override
  public void part(ByteBuf part) {
    // Here and not when all that arrived was delivered: much of it may have left by then.
    if (over || isContained()) {
      part.release();
      return;
    }
    bytes += part.readableBytes();
    if (observer != null && observed == null) {
      observer.bytes(part.nioBuffer());
    }
    if (!held.part(part)) {
      LOG.warn(
          "route {}: a response is longer than the {} bytes that may be held back (expected:"
              + " shorter, because nothing may leave before its record is on disk); give the route"
              + " journal: {release: flush-interval}, or raise limits.observed-body",
          route.settings().name(),
          gate.limits().observedBody());
      passage.fail(502, "response-too-large");
    }
  }

  @Override
  public void readComplete() {
    if (over) {
      return;
    }
    held.passOn();
    if (connection != null && !client.isWritable()) {
      connection.pause(true);
    }
  }

  void clientWritable() {
    if (connection != null) {
      connection.pause(false);
    }
  }

  @Override
  public void end() {
    connection = null;
    if (over) {
      return;
    }
    over = true;
    held.end();
    passage.delivered(this, observed(true));
  }

  /** What the part of the response that has been read carried. */
  Findings observedSoFar() {
    return observed(false);
  }

  private Findings observed(boolean whole) {
    if (observed == null) {
      Findings read = observer == null ? Observed.NOTHING : observer.end(whole);
      observed = status / 100 == 2 ? withSubjectOfPath(read, whole) : read;
    }
    return observed;
  }

  private Findings withSubjectOfPath(Findings read, boolean whole) {
    String named = subjectOfPath();
    return named == null
        ? read
        : read.map(
            found -> whole ? found.naming(named) : found.naming(named).as(Observation.PARTIAL));
  }

  private @Nullable String subjectOfPath() {
    Optional<String> parameter = route.settings().data().subjectParameter();
    return parameter.isEmpty() ? null : request.parameters().get(parameter.get());
  }

  /**
   * What the part of the request's body carried that was sent on. Whom the path names was written
   * to, unless the API said that nothing was.
   */
  Findings written() {
    if (written == null) {
      Findings read =
          requestObserver == null ? Observed.NOTHING : requestObserver.end(requestEnded);
      String named = sent && status < 400 && isWrite(message.method()) ? subjectOfPath() : null;
      written =
          named == null
              ? read
              : read.map(found ->
                  found == Observed.NOTHING
                      ? found.naming(named).as(Observation.COMPLETE)
                      : found.naming(named));
    }
    return written;
  }

  private static boolean isWrite(String method) {
    return switch (method) {
      case "POST", "PUT", "PATCH", "DELETE" -> true;
      default -> false;
    };
  }
}
