package dev.portcullis.app;

import dev.portcullis.config.Endpoint;
import dev.portcullis.config.TlsSettings;
import dev.portcullis.crypto.Certificates;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificate files that listeners and console show: the configured ones, or self-signed ones
 * made at first use.
 */
final class ServerCertificates {
  private final Certificates certificates;

  ServerCertificates(Certificates certificates) {
    this.certificates = certificates;
  }

  TlsSettings.Files files(TlsSettings tls, String name, Endpoint address) {
    return switch (tls) {
      case TlsSettings.Files files -> files;
      case TlsSettings.SelfSigned selfSigned -> {
        var hosts = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
        if (!hosts.contains(reachable(address.host()))) {
          hosts.add(address.host());
        }
        var made = certificates.selfSigned(name, hosts);
        yield new TlsSettings.Files(made.certificate(), made.key());
      }
    };
  }

  /** An address that clients on this machine can use. */
  static String reachable(String host) {
    return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
  }
}
