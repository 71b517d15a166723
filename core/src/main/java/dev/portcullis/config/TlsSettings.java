package dev.portcullis.config;

import java.nio.file.Path;

/** The certificate a listener shows; TLS 1.3 and 1.2 are spoken. */
public sealed interface TlsSettings {
  /**
   * A certificate chain and key from PEM files. YAML: {@code tls: {certificate: c.pem, key:
   * k.pem}}.
   *
   * @param certificate chain, leaf first
   * @param key PKCS#8, unencrypted
   */
  record Files(Path certificate, Path key) implements TlsSettings {}

  /**
   * A certificate made at first start and kept in the state directory. YAML: {@code tls:
   * self-signed}.
   */
  record SelfSigned() implements TlsSettings {}
}
