package dev.portcullis.gate.authn;

import static dev.portcullis.gate.testing.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.portcullis.crypto.Certificates;
import dev.portcullis.crypto.KeyedHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An issuer's keys over a real connection: rotation, outage, and answers that are none. */
class KeyRotationTest extends TokenTestBase {
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile int status = 200;
  private volatile byte[] body = new byte[0];
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(server);
    publishOnline(TestIssuer.keySet(TestIssuer.EC));
    control.close();
    control = control(TestIssuer.settings(uri("http"), "RS256", "ES256"));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void serve(HttpServer some) {
    some.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    some.createContext("/keys", this::answer);
    some.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    try (exchange) {
      if (status == 302) {
        exchange.getResponseHeaders().add("Location", "/keys");
      }
      byte[] answer = body;
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void publishOnline(String keySet) {
    body = keySet.getBytes(StandardCharsets.UTF_8);
  }

  private URI uri(String scheme) {
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + "/keys");
  }

  @Test
  void theFirstRequestWaitsForTheKeysAndLaterOnesUseThem() {
    for (int i = 0; i < 20; i++) {
      accepted(TestIssuer.token(TestIssuer.EC, clock.instant()));
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void aNewKeyIsFetchedWhenATokenNamesItAndTheOldOneStopsWhenItIsWithdrawn() {
    String old = TestIssuer.token(TestIssuer.EC, clock.instant());
    accepted(old);
    var fresh = TestIssuer.ec("ec-2");
    publishOnline(TestIssuer.keySet(TestIssuer.EC, fresh));
    accepted(TestIssuer.token(fresh, clock.instant()));
    accepted(old);
    publishOnline(TestIssuer.keySet(fresh));
    clock.advance(IssuerKeys.BETWEEN_ASKED);
    refused("unknown-token-key", TestIssuer.token(TestIssuer.ec("ec-3"), clock.instant()));
    // a remembered token does not outlive its key
    refused("unknown-token-key", old);
  }

  @Test
  void unknownKeysDoNotMakeUsHammerTheIssuer() {
    accepted(TestIssuer.token(TestIssuer.EC, clock.instant()));
    var unknown = TestIssuer.ec("ec-9");
    for (int i = 0; i < 50; i++) {
      refused("unknown-token-key", TestIssuer.token(unknown, clock.instant()));
    }
    int after = fetches.get();
    assertThat(after).isLessThanOrEqualTo(3);
    clock.advance(IssuerKeys.BETWEEN_ASKED);
    refused("unknown-token-key", TestIssuer.token(unknown, clock.instant()));
    assertThat(fetches).hasValue(after + 1);
  }

  @Test
  void throughAnOutageTheLastGoodKeysStayInForce() {
    accepted(TestIssuer.token(TestIssuer.EC, clock.instant()));
    var unknown = TestIssuer.ec("ec-9");
    record Trouble(int status, String body) {}
    for (var trouble :
        List.of(
            new Trouble(500, "down"),
            new Trouble(302, ""),
            new Trouble(200, "<html>maintenance</html>"),
            new Trouble(200, "{\"keys\":{}}"),
            new Trouble(200, "{\"keys\":[],\"keys\":[]}"),
            new Trouble(200, " ".repeat(KeyDocuments.MAX_BYTES) + "{\"keys\":[]}"))) {
      status = trouble.status();
      publishOnline(trouble.body());
      int before = fetches.get();
      clock.advance(IssuerKeys.BETWEEN_ASKED);
      refused("unknown-token-key", TestIssuer.token(unknown, clock.instant()));
      assertThat(fetches).hasValue(before + 1);
      accepted(TestIssuer.token(TestIssuer.EC, clock.instant()));
    }
    server.stop(0);
    clock.advance(IssuerKeys.BETWEEN_ASKED);
    refused("unknown-token-key", TestIssuer.token(unknown, clock.instant()));
    accepted(TestIssuer.token(TestIssuer.EC, clock.instant()));
  }

  @Test
  void withoutAnyKeysEverNobodyCanTellAndTheClientIsToldToComeBack() {
    status = 503;
    control.close();
    control = control(TestIssuer.settings(uri("http"), "ES256"));
    var refusal = refusal(control, bearing(TestIssuer.token(TestIssuer.EC, clock.instant())));
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.reason()).isEqualTo("issuer-keys-unavailable");
    assertThat(refusal.headers()).containsKey("Retry-After");
    status = 200;
    clock.advance(IssuerKeys.BETWEEN_ASKED);
    accepted(TestIssuer.token(TestIssuer.EC, clock.instant()));
  }

  @Test
  void aTokenThatNamesNoKeyIsTakenWhenOnlyOneKeyCanBeMeant() {
    accepted(withHeader(TestIssuer.EC, header -> header.remove("kid")));
    publishOnline(TestIssuer.keySet(TestIssuer.EC, TestIssuer.ec("ec-2")));
    clock.advance(IssuerKeys.BETWEEN_ASKED);
    refused("unknown-token-key", TestIssuer.token(TestIssuer.ec("ec-9"), clock.instant()));
    refused("unknown-token-key", withHeader(TestIssuer.EC, header -> header.remove("kid")));
  }

  @Test
  void keysComeOverTlsOnlyFromWhomWeTrust() throws Exception {
    var files =
        new Certificates(directory.resolve("tls"), InstantSource.system())
            .selfSigned("issuer", List.of("localhost"));
    var contexts = contexts(files);
    server.stop(0);
    var secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(contexts));
    server = secure;
    serve(secure);
    String token = TestIssuer.token(TestIssuer.EC, clock.instant());
    control.close();
    control = control(TestIssuer.settings(uri("https"), "ES256"));
    assertThat(refusal(control, bearing(token)).reason()).isEqualTo("issuer-keys-unavailable");
    control.close();
    var credentials = credentials();
    control =
        new AuthenticationControl(
            credentials,
            new PasswordDoor(credentials, clock, 1, 1),
            new TokenDoor(
                List.of(TestIssuer.settings(uri("https"), "ES256")),
                Set.of("alice"),
                clock,
                new KeyDocuments(() -> HttpClient.newBuilder().sslContext(contexts)),
                KeyedHash.ephemeral()));
    accepted(token);
  }

  private static SSLContext contexts(Certificates.Files files) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(files.certificate())) {
      var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      String pem = Files.readString(files.key());
      byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      store.setKeyEntry(
          "issuer",
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
          new char[0],
          new java.security.cert.Certificate[] {certificate});
      store.setCertificateEntry("trusted", certificate);
    }
    var keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
