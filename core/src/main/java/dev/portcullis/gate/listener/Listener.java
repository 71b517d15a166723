package dev.portcullis.gate.listener;

import dev.portcullis.gate.ClientTraits;
import dev.portcullis.gate.Gate;
import dev.portcullis.gate.GateListener;
import dev.portcullis.gate.Lane;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One address that clients connect to. */
public final class Listener {
  private static final int BACKLOG = 1_024;

  private final GateListener settings;
  private final Gate gate;
  private final Optional<SslContext> tls;
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private @Nullable Channel server;

  /**
   * Reads the certificate and binds nothing yet.
   *
   * @throws IllegalArgumentException if certificate or key can't be used
   */
  public Listener(GateListener settings, Gate gate) {
    this.settings = settings;
    this.gate = gate;
    this.tls = settings.tls().map(files -> ServerTls.of(settings.name(), files));
  }

  /**
   * Listens from now on.
   *
   * @throws IllegalStateException if the address can't be bound
   */
  public void bind(Transport transport, Map<EventLoop, Lane> lanes) {
    var address = new InetSocketAddress(settings.address().host(), settings.address().port());
    var bound =
        new ServerBootstrap()
            .group(transport.group())
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel, lanes);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(
          "listener %s can't listen on %s: %s (expected: a free address of this machine; end what listens there, or change listeners.address)"
              .formatted(settings.name(), settings.address(), bound.cause().getMessage()),
          bound.cause());
    }
    server = bound.channel();
  }

  private void accept(Channel channel, Map<EventLoop, Lane> lanes) {
    var open = gate.meters().connections();
    if (open.incrementAndGet() > gate.limits().connections()) {
      open.decrementAndGet();
      gate.meters().hit("connections");
      var _ = channel.close();
      return;
    }
    channel.closeFuture().addListener(closed -> open.decrementAndGet());
    clients.add(channel);
    Lane lane = lanes.get(channel.eventLoop());
    if (lane == null) {
      throw new IllegalStateException("a connection on a foreign event loop");
    }
    Supplier<Optional<String>> fingerprint = Optional::empty;
    if (tls.isPresent()) {
      var tap = new HelloTap();
      fingerprint = tap;
      channel.pipeline().addLast(tap);
      SslHandler handler = tls.get().newHandler(channel.alloc());
      handler.setHandshakeTimeoutMillis(gate.limits().headerTimeout().toMillis());
      handler.setCloseNotifyFlushTimeout(1, TimeUnit.SECONDS);
      channel.pipeline().addLast(handler);
    }
    channel
        .pipeline()
        .addLast(
            new ClientConnection(
                gate, lane, tls.isPresent(), numeric(channel), new ClientTraits(fingerprint)));
  }

  private static String numeric(Channel channel) {
    InetAddress address = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    if (server == null) {
      throw new IllegalStateException("listener " + settings.name() + " is not started");
    }
    return (InetSocketAddress) server.localAddress();
  }

  /** Accepts nobody any more, and closes connections that are between two requests. */
  public void close() {
    if (server != null) {
      server.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
    for (Channel client : clients) {
      client.pipeline().fireUserEventTriggered(ClientConnection.DRAIN);
    }
  }

  /** Waits for the connections to end, until that {@link System#nanoTime}; then closes them. */
  public void finish(long until) {
    clients
        .newCloseFuture()
        .awaitUninterruptibly(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    clients.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    tls.ifPresent(ReferenceCountUtil::release);
  }
}
