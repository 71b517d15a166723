package dev.portcullis.gate.upstream;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where an upstream is. Names are resolved off the event loops and again every half minute while
 * connections are being opened; the old address serves until the new one is known.
 */
final class UpstreamAddress {
  private static final long REFRESH_NANOS = Duration.ofSeconds(30).toNanos();

  private final String host;
  private final int port;
  private final AtomicBoolean resolving = new AtomicBoolean();
  private volatile @Nullable InetSocketAddress address;
  private volatile long resolvedAt;

  UpstreamAddress(String host, int port) {
    this.host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    this.port = port;
    resolve();
  }

  Optional<InetSocketAddress> get() {
    InetSocketAddress known = address;
    if ((known == null || System.nanoTime() - resolvedAt > REFRESH_NANOS)
        && resolving.compareAndSet(false, true)) {
      Thread.ofVirtual().name("resolve " + host).start(this::resolve);
    }
    return Optional.ofNullable(known);
  }

  private void resolve() {
    try {
      address = new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException keepsTheOldOne) {
      // Whoever connects without an address is told so.
    } finally {
      resolvedAt = System.nanoTime();
      resolving.set(false);
    }
  }
}
