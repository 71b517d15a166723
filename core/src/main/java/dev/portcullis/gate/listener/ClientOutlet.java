package dev.portcullis.gate.listener;

import dev.portcullis.gate.ClientLink;
import dev.portcullis.gate.ClientTraits;
import dev.portcullis.gate.Lane;
import dev.portcullis.gate.wire.Ascii;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;

/**
 * What a passage sees of a client's connection: the writing half, and the reading half's levers.
 */
final class ClientOutlet implements ClientLink {
  private final ClientConnection connection;
  private final ChannelHandlerContext context;
  private final Lane lane;
  private final boolean secure;
  private final String source;
  private final ClientTraits traits;
  private boolean begun;
  private long pending;

  ClientOutlet(
      ClientConnection connection,
      ChannelHandlerContext context,
      Lane lane,
      boolean secure,
      String source,
      ClientTraits traits) {
    this.connection = connection;
    this.context = context;
    this.lane = lane;
    this.secure = secure;
    this.source = source;
    this.traits = traits;
  }

  ChannelHandlerContext context() {
    return context;
  }

  Channel channel() {
    return context.channel();
  }

  /** The next request's response has not begun. */
  void reset() {
    begun = false;
  }

  /** Whether something of the response is written. */
  boolean isBegun() {
    return begun;
  }

  void sendContinue() {
    ByteBuf out = allocator().buffer(32);
    Ascii.write(out, "HTTP/1.1 100 Continue\r\n\r\n");
    var _ = context.writeAndFlush(out);
  }

  /** Remembers how much waits to be written, for {@link #isStalled}. */
  void watch() {
    pending = waiting();
  }

  /** Whether the client has taken nothing since the last look. */
  boolean isStalled() {
    long now = waiting();
    boolean stalled = now >= pending;
    pending = now;
    return stalled;
  }

  // Down to the last byte, and not only those beyond the mark at which writing stops.
  private long waiting() {
    var buffer = channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
  }

  void close() {
    var _ = context.close();
  }

  /** Closes when all that was written is out. */
  void closeWhenOut() {
    var _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public Lane lane() {
    return lane;
  }

  @Override
  public String source() {
    return source;
  }

  @Override
  public ClientTraits traits() {
    return traits;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public ByteBufAllocator allocator() {
    return channel().alloc();
  }

  @Override
  public void want(boolean body) {
    connection.want(body);
  }

  @Override
  public void write(ByteBuf part) {
    begun = true;
    var _ = context.write(part, channel().voidPromise());
  }

  @Override
  public void flush() {
    context.flush();
  }

  @Override
  public boolean isWritable() {
    return channel().isWritable();
  }

  @Override
  public boolean isReusable() {
    return connection.isReusable();
  }

  @Override
  public void complete(boolean keepAlive) {
    connection.complete(keepAlive);
  }

  @Override
  public void abort() {
    connection.abort();
  }
}
