package dev.portcullis.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where clients find the gateway.
 *
 * @param host numeric address or name; where TLS is used the certificate must be made out to it
 * @param tls absent: in clear
 */
public record GateAddress(String host, int port, Optional<SSLContext> tls) {
  /** In clear. */
  public static GateAddress http(String host, int port) {
    return new GateAddress(host, port, Optional.empty());
  }

  /**
   * By TLS, trusting that certificate alone.
   *
   * @param certificate PEM file
   * @throws IllegalArgumentException where it is none
   */
  public static GateAddress https(String host, int port, Path certificate) {
    try (var in = Files.newInputStream(certificate)) {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "gate", CertificateFactory.getInstance("X.509").generateCertificate(in));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new GateAddress(host, port, Optional.of(context));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "No certificate to trust can be read from " + certificate + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return (tls.isPresent() ? "https://" : "http://") + host + ":" + port;
  }
}
