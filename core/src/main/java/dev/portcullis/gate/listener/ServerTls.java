package dev.portcullis.gate.listener;

import dev.portcullis.config.TlsSettings;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** TLS 1.3 and 1.2 for clients: BoringSSL where it is at hand, else the JDK's. */
final class ServerTls {
  private ServerTls() {}

  static SslContext of(String listener, TlsSettings.Files files) {
    try {
      return SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
          .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException | IllegalArgumentException unreadable) {
      throw new IllegalArgumentException(
          "listener %s: certificate %s and key %s can't be used (expected: a PEM chain, leaf first, and its PKCS#8 key, unencrypted): %s"
              .formatted(listener, files.certificate(), files.key(), unreadable.getMessage()),
          unreadable);
    }
  }
}
