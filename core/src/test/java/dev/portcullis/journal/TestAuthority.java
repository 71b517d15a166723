package dev.portcullis.journal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A time-stamping authority (RFC 3161) over real HTTP. */
final class TestAuthority implements AutoCloseable {
  static final Instant TIME = Instant.parse("2026-06-01T12:00:00Z");

  /** What it does. */
  enum Mood {
    HONEST,
    REJECTING,
    /** Stamps another digest than it was sent. */
    LYING,
    NONSENSE
  }

  private final HttpServer server;
  private final TimeStampTokenGenerator tokens;
  private final X509CertificateHolder certificate;
  private int serial;
  volatile Mood mood = Mood.HONEST;

  TestAuthority() throws Exception {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    var subject = new X500Name("CN=Test TSA");
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate());
    certificate =
        new JcaX509v3CertificateBuilder(
                subject,
                BigInteger.ONE,
                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                Date.from(Instant.parse("2027-01-01T00:00:00Z")),
                subject,
                pair.getPublic())
            .addExtension(
                Extension.extendedKeyUsage,
                true,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping))
            .build(signer);
    var digests = new JcaDigestCalculatorProviderBuilder().build();
    tokens =
        tokens(
            digests.get(new org.bouncycastle.asn1.x509.AlgorithmIdentifier(TSPAlgorithms.SHA256)),
            pair.getPrivate());
    tokens.addCertificates(new CollectionStore<>(List.of(certificate)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/tsa", this::stamp);
    server.start();
  }

  private TimeStampTokenGenerator tokens(
      org.bouncycastle.operator.DigestCalculator digest, java.security.PrivateKey key)
      throws Exception {
    var policy = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
    var signer = new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withRSA", key, certificate);
    return new TimeStampTokenGenerator(signer, digest, policy);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
  }

  Path certificate(Path directory) throws IOException {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject("CERTIFICATE", certificate.getEncoded()));
    }
    return Files.writeString(directory.resolve("tsa.pem"), text.toString());
  }

  private void stamp(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    byte[] answer;
    try {
      answer = "application/timestamp-query".equals(type) ? answer(body) : new byte[0];
    } catch (Exception e) {
      throw new IOException(e);
    }
    exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private synchronized byte[] answer(byte[] body) throws Exception {
    if (mood == Mood.NONSENSE) {
      return "<html>log in first</html>".getBytes(StandardCharsets.UTF_8);
    }
    var request = new TimeStampRequest(body);
    var responses = new TimeStampResponseGenerator(tokens, Set.of(TSPAlgorithms.SHA256));
    if (mood == Mood.REJECTING) {
      return responses.generateRejectedResponse(new IllegalStateException("no")).getEncoded();
    }
    if (mood == Mood.LYING) {
      byte[] other = request.getMessageImprintDigest();
      other[0] ^= 1;
      var generator = new TimeStampRequestGenerator();
      generator.setCertReq(true);
      request = generator.generate(TSPAlgorithms.SHA256, other, request.getNonce());
    }
    return responses.generate(request, BigInteger.valueOf(++serial), Date.from(TIME)).getEncoded();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
