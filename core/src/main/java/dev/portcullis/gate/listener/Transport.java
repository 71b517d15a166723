package dev.portcullis.gate.listener;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The event loops, one per processor: epoll where there is one, else the JDK's selector. */
public final class Transport {
  private static final boolean EPOLL = Epoll.isAvailable();

  private final int loops = Runtime.getRuntime().availableProcessors();
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          loops,
          new DefaultThreadFactory("gate"),
          EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

  /** How many event loops. */
  public int loops() {
    return loops;
  }

  /** One value per event loop. */
  public <T> Map<EventLoop, T> lanes(Function<EventLoop, T> make) {
    var lanes = new IdentityHashMap<EventLoop, T>();
    for (EventExecutor executor : group) {
      EventLoop loop = (EventLoop) executor;
      lanes.put(loop, make.apply(loop));
    }
    return lanes;
  }

  /** For connections to upstreams. */
  public Class<? extends Channel> clientChannel() {
    return EPOLL ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  Class<? extends ServerChannel> serverChannel() {
    return EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  MultiThreadIoEventLoopGroup group() {
    return group;
  }

  /** Ends the event loops. */
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
  }
}
