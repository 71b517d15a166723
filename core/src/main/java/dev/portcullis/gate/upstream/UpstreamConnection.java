package dev.portcullis.gate.upstream;

import dev.portcullis.gate.wire.BodyReader;
import dev.portcullis.gate.wire.Deadlines;
import dev.portcullis.gate.wire.Head;
import dev.portcullis.gate.wire.HeadReader;
import dev.portcullis.gate.wire.ResponseMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream, used for one exchange after the other, never for two at a time.
 * Whatever arrives that was not asked for closes it: an answer must never reach the next asker.
 */
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private static final int MAX_STATUS_LINE = 8 << 10;
  private static final int MAX_FIELDS = 64 << 10;
  private static final int MAX_INTERIM = 16;

  /** An idle connection is closed after that, before most servers would. */
  private static final long IDLE_NANOS = 30_000_000_000L;

  private final UpstreamPool pool;
  private final Deadlines deadlines;
  private final long responseNanos;
  private final Timer timer = new Timer();
  private final HeadReader headReader = new HeadReader(MAX_STATUS_LINE, MAX_FIELDS);
  private final BodyReader bodyReader = new BodyReader();
  private @Nullable UpstreamExchange exchange;
  private @Nullable Channel channel;
  private @Nullable ByteBuf buffered;
  private boolean established;
  private boolean reused;
  private boolean gone;
  private boolean inBody;
  private boolean requestDone;
  private boolean responseBegun;
  private boolean keepsAlive;
  private boolean toHead;
  private int interim;

  UpstreamConnection(UpstreamPool pool, Deadlines deadlines, UpstreamExchange exchange) {
    this.pool = pool;
    this.deadlines = deadlines;
    this.exchange = exchange;
    this.responseNanos = pool.upstream().settings().responseTimeout().toNanos();
  }

  private final class Timer extends Deadlines.Timed {
    @Override
    protected void expired() {
      if (exchange == null) {
        cancel();
      } else {
        lost(UpstreamFailure.TIMEOUT);
      }
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
    deadlines.add(timer);
  }

  /** Connected, and secured where that is asked. */
  void established() {
    established = true;
    UpstreamExchange first = exchange;
    if (first == null) {
      // Cancelled meanwhile.
      close();
    } else {
      begin(first);
    }
  }

  void begin(UpstreamExchange next) {
    exchange = next;
    timer.whenever();
    inBody = false;
    requestDone = false;
    responseBegun = false;
    interim = 0;
    next.connected(this);
  }

  /** Whether it served another exchange before. */
  public boolean isReused() {
    return reused;
  }

  /** Sends a request's head; a HEAD request's response has no body. */
  public void writeHead(ByteBuf head, boolean isHead) {
    toHead = isHead;
    write(head);
  }

  /** Sends a part of it. */
  public void write(ByteBuf part) {
    Channel to = channel;
    if (to == null || gone) {
      part.release();
      return;
    }
    var _ = to.write(part, to.voidPromise());
    if (!to.isWritable()) {
      // Whoever does not read a request in that time has hung up without saying so.
      timer.within(responseNanos);
    }
  }

  /** Pushes out what was written. */
  public void flush() {
    if (channel != null) {
      channel.flush();
    }
  }

  /** The request is written whole: from here on the response is awaited. */
  public void requestDone() {
    requestDone = true;
    flush();
    timer.within(responseNanos);
  }

  /** Whether more of the body may be written. */
  public boolean isWritable() {
    return channel != null && channel.isWritable();
  }

  /** Stops or goes on reading the response. */
  public void pause(boolean paused) {
    if (channel == null || gone || channel.config().isAutoRead() != paused) {
      return;
    }
    channel.config().setAutoRead(!paused);
    if (paused) {
      timer.whenever();
    } else {
      timer.within(responseNanos);
    }
  }

  /** Ends the exchange here and now: no callback comes any more. */
  public void cancel() {
    exchange = null;
    close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (exchange == null) {
      in.release();
      close();
      return;
    }
    responseBegun = true;
    if (requestDone) {
      timer.within(responseNanos);
    }
    buffered =
        buffered == null
            ? in
            : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), buffered, in);
    decode();
    if (buffered != null && !buffered.isReadable()) {
      buffered.release();
      buffered = null;
    }
  }

  private void decode() {
    while (exchange != null && buffered != null) {
      if (!inBody) {
        if (!head(buffered, exchange)) {
          return;
        }
      } else {
        switch (bodyReader.read(buffered, exchange::part)) {
          case PART -> {}
          case MORE -> {
            return;
          }
          case DONE -> {
            done();
            return;
          }
          case BROKEN -> lost(UpstreamFailure.MALFORMED);
        }
      }
    }
  }

  private boolean head(ByteBuf in, UpstreamExchange to) {
    int length = headReader.read(in);
    if (length == HeadReader.MORE) {
      return false;
    }
    if (length == HeadReader.BROKEN) {
      lost(UpstreamFailure.MALFORMED);
      return false;
    }
    var bytes = new byte[length];
    in.readBytes(bytes);
    ResponseMessage response = ResponseMessage.of(Head.of(bytes), toHead);
    // We never ask for an upgrade: 101 would be the upstream's own idea.
    boolean wrong = response.violation().isPresent() || response.status() == 101;
    if (wrong || (response.isInterim() && ++interim > MAX_INTERIM)) {
      lost(UpstreamFailure.MALFORMED);
      return false;
    }
    if (!response.isInterim()) {
      inBody = true;
      keepsAlive = response.keepsAlive();
      bodyReader.begin(response.framing());
      to.head(response);
    }
    return true;
  }

  private void done() {
    UpstreamExchange finished = exchange;
    exchange = null;
    boolean clean = buffered == null || !buffered.isReadable();
    timer.within(IDLE_NANOS);
    if (channel != null && !channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
    reused = true;
    if (finished != null) {
      finished.end();
    }
    if (keepsAlive && requestDone && clean && !gone && channel != null && channel.isActive()) {
      if (buffered != null) {
        buffered.release();
        buffered = null;
      }
      pool.comesBack(this);
    } else {
      close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.readComplete();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable() && exchange != null && established) {
      if (!requestDone) {
        timer.whenever();
      }
      exchange.writable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (exchange != null && inBody && bodyReader.endOfConnection()) {
      keepsAlive = false;
      done();
    } else {
      boolean stale = reused && !responseBegun;
      lost(stale ? UpstreamFailure.STALE : UpstreamFailure.CLOSED);
    }
    deadlines.remove(timer);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset connection and a broken TLS record end the same way; neither is ours to explain.
    boolean stale = reused && !responseBegun;
    lost(stale ? UpstreamFailure.STALE : UpstreamFailure.CLOSED);
  }

  /** There will be no more of this connection. */
  void lost(UpstreamFailure why) {
    UpstreamExchange victim = exchange;
    exchange = null;
    close();
    if (victim != null) {
      victim.failed(why);
    }
  }

  private void close() {
    if (gone) {
      return;
    }
    gone = true;
    deadlines.remove(timer);
    if (buffered != null) {
      buffered.release();
      buffered = null;
    }
    if (channel != null) {
      var _ = channel.close();
    }
    pool.gone(this);
  }
}
