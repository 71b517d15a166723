package dev.portcullis.gate.listener;

import dev.portcullis.gate.ClientTraits;
import dev.portcullis.gate.Gate;
import dev.portcullis.gate.Lane;
import dev.portcullis.gate.Passage;
import dev.portcullis.gate.wire.BodyReader;
import dev.portcullis.gate.wire.Deadlines;
import dev.portcullis.gate.wire.Head;
import dev.portcullis.gate.wire.HeadReader;
import dev.portcullis.gate.wire.RequestMessage;
import dev.portcullis.gate.wire.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: reads one request after the other and lets the next one wait until the
 * last one is answered and mostly read, so that pipelined requests are answered in order and hold
 * one read and one answer at most. After a request that can't be read nothing more is read: what
 * follows it might be anything.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter {
  /** Tells connections that the gate is about to stop. */
  static final Object DRAIN = new Object();

  /** A refused body that is no longer than that is read to its end to save the connection. */
  private static final int MAX_DRAINED = 64 << 10;

  /** How long a client may take to read an answer that came before its request was whole. */
  private static final long LINGER_NANOS = 2_000_000_000L;

  private static final int MAX_RAW_HEAD = 4 << 10;

  private enum State {
    /** Reads a head; nothing of it may have come yet. */
    HEAD,
    /** Reads a body for the passage. */
    BODY,
    /** The request is whole; its answer is awaited. */
    ANSWER,
    /** The answer is out; the rest of the body is thrown away, then comes the next head. */
    SKIP,
    /** The answer is out; everything is thrown away, then the connection is closed. */
    LINGER,
    CLOSED
  }

  private final Gate gate;
  private final Lane lane;
  private final boolean secure;
  private final String source;
  private final ClientTraits traits;
  private final HeadReader headReader;
  private final BodyReader bodyReader = new BodyReader();
  private final Timer timer = new Timer();
  private final BodyReader.Sink skipped = ByteBuf::release;
  private @Nullable ClientOutlet outlet;
  private final Inbound inbound = new Inbound();
  private @Nullable Passage passage;
  private State state = State.HEAD;
  private boolean wanted;
  private boolean awaitsContinue;
  private boolean processing;
  private boolean served;
  private boolean headBegun;
  private boolean framingLost;
  private boolean answerOut;

  ClientConnection(Gate gate, Lane lane, boolean secure, String source, ClientTraits traits) {
    this.gate = gate;
    this.lane = lane;
    this.secure = secure;
    this.source = source;
    this.traits = traits;
    this.headReader = new HeadReader(gate.limits().requestLine(), gate.limits().headers());
  }

  private final class Timer extends Deadlines.Timed {
    @Override
    protected void expired() {
      timeout();
    }
  }

  private ClientOutlet outlet() {
    if (outlet == null) {
      throw new IllegalStateException("not yet in a pipeline");
    }
    return outlet;
  }

  // Reading.

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    outlet = new ClientOutlet(this, added, lane, secure, source, traits);
    lane.deadlines().add(timer);
    timer.within(gate.limits().headerTimeout().toNanos());
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (state == State.LINGER || state == State.CLOSED) {
      in.release();
      return;
    }
    inbound.add(from.alloc(), in);
    process();
  }

  private void process() {
    if (processing) {
      return;
    }
    processing = true;
    try {
      while (step(inbound.bytes())) {}
    } finally {
      processing = false;
    }
    if (inbound.isEmpty()) {
      inbound.clear();
    }
    readMoreIfUseful();
  }

  // While nothing can be done with what has come, nothing more is read; but with nothing in the
  // buffer one keeps listening, or one would not notice that the client has gone.
  private void readMoreIfUseful() {
    boolean useful =
        inbound.isEmpty()
            || switch (state) {
              case HEAD -> headBegun || outlet().isWritable();
              case SKIP, LINGER -> true;
              case BODY -> wanted;
              case ANSWER, CLOSED -> false;
            };
    var config = outlet().channel().config();
    if (config.isAutoRead() != useful) {
      config.setAutoRead(useful);
    }
  }

  /** Does one thing with what has come; false if that needs more, or something else first. */
  private boolean step(ByteBuf in) {
    return switch (state) {
      case HEAD -> head(in);
      case BODY -> wanted && body(in);
      case SKIP -> skip(in);
      case ANSWER, LINGER, CLOSED -> false;
    };
  }

  private boolean head(ByteBuf in) {
    if (!in.isReadable()) {
      return false;
    }
    if (!headBegun) {
      if (!outlet().isWritable()) {
        // Who asks on without reading the answers would have us keep them all.
        return false;
      }
      headBegun = true;
      timer.within(gate.limits().headerTimeout().toNanos());
    }
    int length = headReader.read(in);
    if (length == HeadReader.MORE) {
      return false;
    }
    if (length == HeadReader.BROKEN) {
      refuseUnread(headReader.violation().orElseThrow());
      return false;
    }
    var bytes = new byte[length];
    in.readBytes(bytes);
    timer.whenever();
    begin(RequestMessage.of(Head.of(bytes)));
    return true;
  }

  private void begin(RequestMessage message) {
    headBegun = false;
    outlet().reset();
    // What follows is not the next request, whatever it looks like: nothing of it is read.
    framingLost = message.violation().isPresent();
    wanted = false;
    served = true;
    awaitsContinue = message.expectsContinue();
    bodyReader.begin(message.framing());
    state = message.framing().hasBody() ? State.BODY : State.ANSWER;
    passage = gate.open(outlet(), message);
    gate.enter(passage);
  }

  /** Answers a request whose head never became whole. */
  private void refuseUnread(Violation violation) {
    timer.whenever();
    byte[] bytes = inbound.first(MAX_RAW_HEAD);
    inbound.clear();
    begin(RequestMessage.broken(Head.of(bytes), violation));
  }

  private boolean body(ByteBuf in) {
    Passage of = passage;
    if (of == null) {
      return false;
    }
    switch (bodyReader.read(in, of)) {
      case PART -> {
        awaitsContinue = false;
        timer.within(gate.limits().bodyTimeout().toNanos());
        if (state == State.BODY && bodyReader.isDone()) {
          bodyDone(of);
        }
      }
      case MORE -> {
        return false;
      }
      case DONE -> bodyDone(of);
      case BROKEN -> {
        breakBody(of, bodyReader.violation().orElseThrow());
        return false;
      }
    }
    return true;
  }

  private void breakBody(Passage of, Violation violation) {
    framingLost = true;
    wanted = false;
    timer.whenever();
    of.bodyBroken(violation);
  }

  private void bodyDone(Passage of) {
    state = State.ANSWER;
    timer.whenever();
    of.bodyEnd();
  }

  private boolean skip(ByteBuf in) {
    switch (bodyReader.read(in, skipped)) {
      case PART -> {}
      case MORE -> {
        return false;
      }
      case DONE -> nextRequest();
      case BROKEN -> linger(true);
    }
    return true;
  }

  private void nextRequest() {
    if (gate.isDraining()) {
      state = State.CLOSED;
      outlet().closeWhenOut();
      return;
    }
    state = State.HEAD;
    outlet().watch();
    timer.within(gate.limits().idleTimeout().toNanos());
  }

  private void timeout() {
    switch (state) {
      case HEAD -> {
        if (headBegun) {
          refuseUnread(new Violation(408, "header-timeout"));
        } else if (!outlet().isStalled()) {
          // Not idle: it still reads the last answer.
          timer.within(gate.limits().idleTimeout().toNanos());
        } else {
          gate.meters().hit(served ? "idle-timeout" : "header-timeout");
          state = State.CLOSED;
          outlet().close();
        }
      }
      case BODY, ANSWER -> {
        if (passage == null) {
          return;
        }
        if (outlet().isBegun() && !outlet().isWritable()) {
          writeStalled(passage);
        } else if (state == State.BODY && wanted) {
          breakBody(passage, new Violation(408, "body-timeout"));
        }
      }
      case SKIP, LINGER -> {
        if (state == State.LINGER && !answerOut && !outlet().isStalled()) {
          timer.within(gate.limits().bodyTimeout().toNanos());
        } else {
          state = State.CLOSED;
          outlet().close();
        }
      }
      case CLOSED -> {}
    }
  }

  // A client that reads slowly is served; one that reads nothing for that long is not.
  private void writeStalled(Passage of) {
    if (outlet().isStalled()) {
      of.clientStalled();
    } else {
      timer.within(gate.limits().bodyTimeout().toNanos());
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext from) {
    if (from.channel().isWritable()) {
      if (state == State.ANSWER) {
        timer.whenever();
      }
      if (passage != null) {
        passage.clientWritable();
      }
      if (state == State.HEAD && from.channel().isActive()) {
        process();
      }
    } else if (state == State.ANSWER || state == State.BODY) {
      outlet().watch();
      timer.within(gate.limits().bodyTimeout().toNanos());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (event == DRAIN && state == State.HEAD && inbound.isEmpty()) {
      state = State.CLOSED;
      outlet().closeWhenOut();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext from) {
    if (state == State.HEAD && headBegun && !inbound.isEmpty()) {
      // Half a request is a request all the same: scanners send them.
      refuseUnread(new Violation(0, "incomplete"));
    }
    state = State.CLOSED;
    lane.deadlines().remove(timer);
    inbound.clear();
    Passage cutOff = passage;
    passage = null;
    if (cutOff != null) {
      cutOff.clientClosed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
    // A reset connection or a broken TLS record: nobody is left to tell.
    outlet().close();
  }

  // What a passage asks for, through the outlet.

  void want(boolean body) {
    wanted = body && !framingLost;
    if (state != State.BODY || framingLost) {
      return;
    }
    if (!body) {
      timer.whenever();
      readMoreIfUseful();
      return;
    }
    if (awaitsContinue && inbound.isEmpty() && !outlet().isBegun()) {
      outlet().sendContinue();
    }
    awaitsContinue = false;
    timer.within(gate.limits().bodyTimeout().toNanos());
    process();
  }

  boolean isReusable() {
    if (framingLost || state == State.ANSWER) {
      return !framingLost;
    }
    // Who still waits for 100 Continue may or may not send the body now: nobody can know.
    long remaining = bodyReader.remaining();
    return state == State.BODY && !awaitsContinue && remaining >= 0 && remaining <= MAX_DRAINED;
  }

  void complete(boolean keepAlive) {
    passage = null;
    if (state == State.CLOSED) {
      return;
    }
    boolean bodyLeft = state == State.BODY;
    if (!keepAlive) {
      linger(bodyLeft);
    } else if (bodyLeft) {
      state = State.SKIP;
      timer.within(gate.limits().bodyTimeout().toNanos());
    } else {
      nextRequest();
    }
    process();
  }

  private void linger(boolean bodyLeft) {
    state = State.LINGER;
    answerOut = false;
    outlet().watch();
    timer.within(gate.limits().bodyTimeout().toNanos());
    inbound.bytes().skipBytes(inbound.bytes().readableBytes());
    Closing.gently(outlet().context(), bodyLeft || framingLost, this::answerIsOut);
  }

  private void answerIsOut() {
    answerOut = true;
    timer.within(LINGER_NANOS);
  }

  void abort() {
    passage = null;
    state = State.CLOSED;
    Closing.abruptly(outlet().channel());
  }
}
