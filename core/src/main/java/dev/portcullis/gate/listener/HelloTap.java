package dev.portcullis.gate.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stands before the TLS handler, takes the client's fingerprint from its first message, passes on
 * every byte untouched, and leaves. What it can't read is the TLS handler's to refuse.
 */
final class HelloTap extends ChannelInboundHandlerAdapter implements Supplier<Optional<String>> {
  private final HelloReader reader = new HelloReader();
  private Optional<String> fingerprint = Optional.empty();

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes && reader.read(bytes)) {
      fingerprint = reader.hello().map(Ja4::of);
      var _ = context.pipeline().remove(this);
    }
    context.fireChannelRead(message);
  }

  /** JA4 of the client; empty if its first message was none that has one. */
  @Override
  public Optional<String> get() {
    return fingerprint;
  }
}
