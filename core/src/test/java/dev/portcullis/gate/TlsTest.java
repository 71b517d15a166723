package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.TlsSettings;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS from end to end, with a real certificate. */
class TlsTest {
  @TempDir private static Path directory;
  private static TlsSettings.Files files;
  private static SSLContext trusting;

  @BeforeAll
  static void makeCertificate() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    var pair = generator.generateKeyPair();
    var name = new X500Name("CN=localhost");
    byte[] certificate =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(3_600)),
                name,
                pair.getPublic())
            .addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    files =
        new TlsSettings.Files(
            pem("CERTIFICATE", certificate), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(files.certificate())) {
      store.setCertificateEntry(
          "gate", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, trust.getTrustManagers(), null);
  }

  private static Path pem(String what, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    return Files.writeString(directory.resolve(what.replace(' ', '-') + ".pem"), text);
  }

  private static RawHttp connect(TestGate gate, String version) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            trusting
                .getSocketFactory()
                .createSocket(gate.address().getAddress(), gate.address().getPort());
    socket.setEnabledProtocols(new String[] {version});
    socket.startHandshake();
    return new RawHttp(socket);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void clientsAreServedOverTls(String version) throws Exception {
    try (TestGate gate = new TestGate.Builder().tls(files).start();
        RawHttp client = connect(gate, version)) {
      assertThat(((SSLSocket) client.socket()).getSession().getProtocol()).isEqualTo(version);
      gate.upstream.behave((request, in, out) -> TestUpstream.json(out, "x".repeat(300_000)));
      assertThat(client.get("/1").body()).hasSize(300_000);
      assertThat(client.get("/2").status()).isEqualTo(200);
      assertThat(gate.upstream.requests().getFirst().header("x-forwarded-proto"))
          .isEqualTo("https");
    }
  }

  @Test
  void aMalformedMessageIsAnsweredAndTheConnectionClosed() throws Exception {
    try (TestGate gate = new TestGate.Builder().tls(files).start();
        RawHttp client = connect(gate, "TLSv1.3")) {
      client.send(
          "POST /x HTTP/1.1\r\nHost: api\r\nContent-Length: 5368709120\r\n\r\n"
              + "x".repeat(90_000));
      assertThat(client.read().status()).isEqualTo(413);
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aResponseBrokenOffDoesNotEndAsIfItWereWhole() throws Exception {
    try (TestGate gate = new TestGate.Builder().tls(files).start();
        RawHttp client = connect(gate, "TLSv1.3")) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(out, "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(300_000));
        in.read();
        return false;
      });
      client.send("GET /x HTTP/1.0\r\n\r\n");
      client.head();
      client.exactly(100_000);
      gate.journal.lose("disk-full");
      gate.upstream.hangUp();
      assertThatThrownBy(() -> client.in().readAllBytes())
          .as("no close_notify: the client can tell")
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void anApiBehindTlsIsReachedIfItsCertificateIsTrusted() throws Exception {
    try (TestGate inner = new TestGate.Builder().tls(files).start()) {
      var url = java.net.URI.create("https://localhost:" + inner.address().getPort());
      try (TestGate outer =
              new TestGate.Builder()
                  .upstream(url, java.util.Optional.of(files.certificate()))
                  .start();
          RawHttp client = outer.client()) {
        assertThat(client.get("/1").status()).isEqualTo(200);
        assertThat(client.get("/2").status()).isEqualTo(200);
      }
      try (TestGate distrustful =
              new TestGate.Builder().upstream(url, java.util.Optional.empty()).start();
          RawHttp client = distrustful.client()) {
        assertThat(client.get("/3").status()).isEqualTo(502);
        assertThat(distrustful.exchange().outcome())
            .isEqualTo(new dev.portcullis.journal.Outcome.Failed("upstream-tls"));
      }
    }
  }

  @Test
  void plainTextIsNotAnswered() throws Exception {
    try (TestGate gate = new TestGate.Builder().tls(files).start();
        RawHttp plain = gate.client()) {
      plain.send("GET /x HTTP/1.1\r\nHost: api\r\n\r\n");
      assertThat(plain.in().readAllBytes()).as("a TLS alert at most").hasSizeLessThan(20);
    } catch (IOException reset) {
      assertThat(reset).isNotNull();
    }
  }
}
