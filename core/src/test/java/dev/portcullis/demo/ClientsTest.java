package dev.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.portcullis.crypto.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ordinary clients and the attacker, straight at the sample API. */
class ClientsTest {
  private static final ApiKey KEY = new ApiKey("X-Api-Key", "secret-of-northgate");

  @TempDir Path directory;
  private ClinicApi api;
  private GateAddress address;

  @BeforeEach
  void start() {
    api = ClinicApi.start(directory.resolve("clinic"), 0, 80, InstantSource.system());
    address = GateAddress.http("127.0.0.1", api.port());
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private OrdinaryClients.Clinic clinic(int number) {
    String name = ClinicApi.clinics().get(number);
    return new OrdinaryClients.Clinic(
        name, "127.0.0." + (11 + number), KEY, api.patientsOf(name, 100));
  }

  @Test
  void eachClinicComesFromItsOwnAddressAndSeesOnlyItsOwnPatients() {
    var clinics = List.of(clinic(0), clinic(1));
    try (var clients = new OrdinaryClients(address, clinics, 200)) {
      clients.start();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              clients.answers(clinics.get(0).name()).getOrDefault(200, 0L) > 60
                  && clients.answers(clinics.get(1).name()).getOrDefault(200, 0L) > 60);
      clients.close();
      assertThat(clients.failures()).isZero();
      assertThat(clients.answers().keySet()).containsExactly(200);
      long all = clients.answers().getOrDefault(200, 0L);
      assertThat(api.served("127.0.0.11") + api.served("127.0.0.12")).isEqualTo(all);
    }
    for (var clinic : clinics) {
      assertThat(clinic.patients()).containsAll(api.patientsGivenTo(clinic.source()));
      assertThat(api.patientsGivenTo(clinic.source()).size()).isGreaterThan(1);
    }
  }

  @Test
  void withNobodyListeningTheClientsGoOnTrying() throws Exception {
    int nobody;
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      nobody = socket.getLocalPort();
    }
    try (var clients =
        new OrdinaryClients(GateAddress.http("127.0.0.1", nobody), List.of(clinic(0)), 100)) {
      clients.start();
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> clients.failures() > 3);
      assertThat(clients.answers()).isEmpty();
    }
  }

  @Test
  void theAttackerWalksThroughTheRecordsAndAltersSome() throws Exception {
    var plan = new Attacker.Plan(1001, 30, 500, 10, 3);
    try (var attacker = new Attacker(address, "127.0.0.66", KEY, plan)) {
      attacker.start();
      assertThat(attacker.await(Duration.ofSeconds(60))).isTrue();
      assertThat(attacker.attempts()).hasSize(30);
      assertThat(attacker.served()).isEqualTo(30);
      assertThat(attacker.firstRefusal()).isEmpty();
    }
    assertThat(api.patientsGivenTo("127.0.0.66")).hasSize(30).contains("P-1001", "P-1030");
    assertThat(api.phoneOf("P-1010")).isEqualTo("+44 20 7946 0666");
    assertThat(api.phoneOf("P-1011")).isNotEqualTo("+44 20 7946 0666");
  }

  @Test
  void theAttackerGivesUpWhenRefusedAFewTimesInARow() throws Exception {
    var seen = new AtomicInteger();
    HttpServer gate = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    gate.createContext(
        "/",
        exchange -> {
          int status = seen.incrementAndGet() <= 5 ? 200 : 401;
          exchange.sendResponseHeaders(status, 0);
          exchange.getResponseBody().write("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          exchange.close();
        });
    gate.start();
    var plan = new Attacker.Plan(1001, 1000, 500, 0, 4);
    try (var attacker =
        new Attacker(
            GateAddress.http("127.0.0.1", gate.getAddress().getPort()), "127.0.0.66", KEY, plan)) {
      attacker.start();
      assertThat(attacker.await(Duration.ofSeconds(60))).isTrue();
      assertThat(attacker.attempts()).hasSize(9);
      assertThat(attacker.served()).isEqualTo(5);
      var refusal = attacker.firstRefusal().orElseThrow();
      assertThat(refusal.number()).isEqualTo(6);
      assertThat(refusal.answeredNanos()).isGreaterThan(refusal.sentNanos());
    } finally {
      gate.stop(0);
    }
  }

  @Test
  void overTlsTheGivenCertificateIsTrustedAndNoOther() throws Exception {
    var certificates = new Certificates(directory.resolve("tls"), InstantSource.system());
    var ours = certificates.selfSigned("gate", List.of("localhost", "127.0.0.1"));
    var other = certificates.selfSigned("other", List.of("localhost", "127.0.0.1"));
    HttpsServer gate = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    gate.setHttpsConfigurator(new HttpsConfigurator(context(ours)));
    gate.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    gate.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    gate.start();
    int port = gate.getAddress().getPort();
    InetAddress source = InetAddress.getByName("127.0.0.13");
    try (var good = new HttpLink(GateAddress.https("127.0.0.1", port, ours.certificate()), source);
        var bad = new HttpLink(GateAddress.https("127.0.0.1", port, other.certificate()), source)) {
      assertThat(good.send("GET", "/", Map.of(), new byte[0]).status()).isEqualTo(204);
      assertThat(good.send("GET", "/", Map.of(), new byte[0]).status()).isEqualTo(204);
      Assertions.assertThatThrownBy(() -> bad.send("GET", "/", Map.of(), new byte[0]))
          .isInstanceOf(IOException.class);
    } finally {
      gate.stop(0);
    }
  }

  @Test
  void keysAreNeverShown() {
    assertThat(KEY.toString()).doesNotContain("secret");
    assertThat(clinic(0).toString()).doesNotContain("secret");
  }

  private static SSLContext context(Certificates.Files files) throws Exception {
    Certificate certificate;
    try (var in = Files.newInputStream(files.certificate())) {
      certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
    String pem = Files.readString(files.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
    var key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry("gate", key, new char[0], new Certificate[] {certificate});
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}
