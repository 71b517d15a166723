package dev.portcullis.gate.upstream;

import dev.portcullis.gate.wire.Deadlines;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One event loop's connections to one upstream: the most recently used idle one first, a bound of
 * open ones, a bounded queue of those who wait. Nothing here is shared, so nothing is locked.
 */
public final class UpstreamPool {
  /** Requests that may wait for each connection of the bound. */
  static final int WAITING_PER_CONNECTION = 8;

  private final Upstream upstream;
  private final EventLoop loop;
  private final Class<? extends Channel> channelType;
  private final Deadlines deadlines;
  private final int bound;
  private final AtomicInteger openEverywhere;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<Waiter> waiting = new ArrayDeque<>();
  private int open;

  /**
   * @param bound of open connections of this event loop
   * @param openEverywhere counts them over all event loops, for the metrics
   */
  public UpstreamPool(
      Upstream upstream,
      EventLoop loop,
      Class<? extends Channel> channelType,
      Deadlines deadlines,
      int bound,
      AtomicInteger openEverywhere) {
    this.upstream = upstream;
    this.loop = loop;
    this.channelType = channelType;
    this.deadlines = deadlines;
    this.bound = bound;
    this.openEverywhere = openEverywhere;
  }

  /** The upstream itself. */
  public Upstream upstream() {
    return upstream;
  }

  /** Somebody who waits for a connection. */
  private final class Waiter extends Deadlines.Timed {
    private final UpstreamExchange exchange;

    Waiter(UpstreamExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    protected void expired() {
      if (leave(this)) {
        exchange.failed(UpstreamFailure.BUSY);
      }
    }
  }

  /**
   * Finds a connection: an idle one, a new one, or the next that comes back.
   *
   * @param fresh never one that was used before
   */
  public void acquire(UpstreamExchange exchange, boolean fresh) {
    UpstreamConnection known = fresh ? null : idle.pollFirst();
    if (known != null) {
      known.begin(exchange);
      return;
    }
    if (open >= bound && fresh) {
      // Makes room: of two connections that can't be had at once, the idle one goes.
      UpstreamConnection oldest = idle.pollLast();
      if (oldest != null) {
        oldest.cancel();
      }
    }
    if (open < bound) {
      connect(exchange);
    } else if (waiting.size() < bound * WAITING_PER_CONNECTION) {
      var waiter = new Waiter(exchange);
      waiter.within(upstream.settings().connectTimeout().toNanos());
      deadlines.add(waiter);
      waiting.addLast(waiter);
    } else {
      exchange.failed(UpstreamFailure.BUSY);
    }
  }

  /** That exchange no longer waits. */
  @SuppressWarnings("ReferenceEquality") // An exchange is the one it is.
  public void forget(UpstreamExchange exchange) {
    for (Waiter waiter : waiting) {
      if (waiter.exchange == exchange) {
        leave(waiter);
        return;
      }
    }
  }

  private boolean leave(Waiter waiter) {
    deadlines.remove(waiter);
    return waiting.remove(waiter);
  }

  private void connect(UpstreamExchange exchange) {
    var address = upstream.address().get();
    if (address.isEmpty()) {
      exchange.failed(UpstreamFailure.UNRESOLVED);
      return;
    }
    open++;
    openEverywhere.incrementAndGet();
    var connection = new UpstreamConnection(this, deadlines, exchange);
    var future =
        new Bootstrap()
            .group(loop)
            .channel(channelType)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(Integer.MAX_VALUE, upstream.settings().connectTimeout().toMillis()))
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(initializer(connection))
            .connect(address.get());
    future.addListener(done -> {
      if (done.isSuccess()) {
        if (upstream.tls().isEmpty()) {
          connection.established();
        }
      } else {
        boolean late = done.cause() instanceof ConnectTimeoutException;
        connection.lost(late ? UpstreamFailure.CONNECT_TIMEOUT : UpstreamFailure.REFUSED);
      }
    });
  }

  private ChannelInitializer<Channel> initializer(UpstreamConnection connection) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        upstream
            .tls()
            .ifPresent(tls -> {
              SslHandler handler =
                  tls.newHandler(channel.alloc(), upstream.host(), upstream.port());
              handler.setHandshakeTimeoutMillis(upstream.settings().connectTimeout().toMillis());
              handler
                  .handshakeFuture()
                  .addListener(done -> {
                    if (done.isSuccess()) {
                      connection.established();
                    } else {
                      connection.lost(UpstreamFailure.TLS);
                    }
                  });
              channel.pipeline().addLast(handler);
            });
        channel.pipeline().addLast(connection);
      }
    };
  }

  /** The connection may be used again. */
  void comesBack(UpstreamConnection connection) {
    Optional<Waiter> next = next();
    if (next.isPresent()) {
      connection.begin(next.get().exchange);
    } else {
      idle.addFirst(connection);
    }
  }

  /** The connection is gone. */
  void gone(UpstreamConnection connection) {
    open--;
    openEverywhere.decrementAndGet();
    idle.remove(connection);
    if (open < bound) {
      next().ifPresent(waiter -> connect(waiter.exchange));
    }
  }

  private Optional<Waiter> next() {
    Waiter waiter = waiting.pollFirst();
    if (waiter != null) {
      deadlines.remove(waiter);
    }
    return Optional.ofNullable(waiter);
  }

  /** Closes what is idle. */
  public void close() {
    for (UpstreamConnection connection : new ArrayDeque<>(idle)) {
      connection.cancel();
    }
  }
}
