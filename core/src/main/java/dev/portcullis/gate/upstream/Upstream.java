package dev.portcullis.gate.upstream;

import dev.portcullis.config.UpstreamSettings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** A guarded API as all event loops know it: address, TLS, bounds. */
public final class Upstream {
  private final UpstreamSettings settings;
  private final UpstreamAddress address;
  private final Optional<SslContext> tls;
  private final String authority;
  private final String host;
  private final int port;

  /**
   * Resolves its name and reads the trusted certificates.
   *
   * @param authorities PEM file of the certificate authorities to trust instead of the platform's
   * @throws IllegalArgumentException if the authorities can't be read
   */
  public Upstream(UpstreamSettings settings, Optional<Path> authorities) {
    this.settings = settings;
    boolean secure = "https".equalsIgnoreCase(settings.url().getScheme());
    this.host = settings.url().getHost();
    int given = settings.url().getPort();
    this.port = given > 0 ? given : secure ? 443 : 80;
    this.authority = given > 0 ? host + ":" + given : host;
    this.address = new UpstreamAddress(host, port);
    this.tls = secure ? Optional.of(context(authorities)) : Optional.empty();
  }

  private SslContext context(Optional<Path> authorities) {
    try {
      var builder =
          SslContextBuilder.forClient()
              // The JDK's engine: it trusts what the platform trusts, revocations and all.
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .endpointIdentificationAlgorithm("HTTPS");
      authorities.ifPresent(file -> builder.trustManager(file.toFile()));
      return builder.build();
    } catch (SSLException | IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "upstream "
              + settings.name()
              + ": certificate authorities can't be read from "
              + authorities.map(Path::toString).orElse("the platform")
              + " (expected: a PEM file of certificates): "
              + unreadable.getMessage(),
          unreadable);
    }
  }

  /** As configured. */
  public UpstreamSettings settings() {
    return settings;
  }

  /** Host and port for the Host header. */
  public String authority() {
    return authority;
  }

  UpstreamAddress address() {
    return address;
  }

  Optional<SslContext> tls() {
    return tls;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }
}
