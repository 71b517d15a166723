package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.portcullis.app.PinnedTls;
import dev.portcullis.config.TlsSettings;
import dev.portcullis.crypto.Certificates;
import dev.portcullis.journal.Client;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal holds of real clients, by what they are and not by what they say. */
class ClientTraitsTest {
  private static final String JA4 = "t1[23][di][0-9]{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}";

  @TempDir private static Path directory;
  private static TlsSettings.Files files;

  @BeforeAll
  static void makeCertificate() {
    var made =
        new Certificates(directory, InstantSource.system())
            .selfSigned("gate", List.of("localhost"));
    files = new TlsSettings.Files(made.certificate(), made.key());
  }

  private static TestGate gate() throws IOException {
    var gate = new TestGate.Builder().tls(files).start();
    gate.upstream.behave((request, in, out) -> TestUpstream.json(out, "{}"));
    return gate;
  }

  private static String url(TestGate gate) {
    return "https://localhost:" + gate.address().getPort() + "/x";
  }

  private static String hash(String userAgent) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(userAgent.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, 6));
  }

  private static void run(Optional<String> input, String... command) throws Exception {
    assumeThat(Path.of("/usr/bin", command[0])).exists();
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    try (var out = process.outputWriter()) {
      out.write(input.orElse(""));
      out.flush();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } catch (IOException gone) {
      assertThat(gone).as("it ended before it had read all").isNotNull();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void curl(TestGate gate, String... more) throws Exception {
    var command = new ArrayList<>(List.of("curl", "-sk", "--max-time", "60", "-H", TestGate.KEY));
    command.addAll(List.of(more));
    command.add(url(gate));
    run(Optional.empty(), command.toArray(String[]::new));
  }

  private static void openssl(TestGate gate) throws Exception {
    String at = "localhost:" + gate.address().getPort();
    run(
        Optional.of("GET /x HTTP/1.0\r\nHost: a\r\nUser-Agent: curl/8\r\n\r\n"),
        "openssl",
        "s_client",
        "-quiet",
        "-no_ign_eof",
        "-servername",
        "localhost",
        "-connect",
        at);
  }

  private static void java(TestGate gate) throws Exception {
    try (var client =
        HttpClient.newBuilder()
            .sslContext(PinnedTls.trusting(files.certificate()))
            .version(HttpClient.Version.HTTP_1_1)
            .build()) {
      var request =
          HttpRequest.newBuilder(URI.create(url(gate))).header("X-Api-Key", "good").build();
      client.send(request, HttpResponse.BodyHandlers.discarding());
    }
  }

  private static void chromium(TestGate gate, String profile) throws Exception {
    run(
        Optional.empty(),
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--ignore-certificate-errors",
        "--user-data-dir=" + directory.resolve(profile),
        "--dump-dom",
        url(gate));
  }

  @Test
  void curlIsTheSameClientHoweverItCallsItself() throws Exception {
    try (TestGate gate = gate()) {
      curl(gate, "-A", "Mozilla/5.0 (honest)");
      curl(gate, "-A", "Mozilla/5.0 (honest)");
      curl(gate, "-A", "Mozilla/6.0");
      curl(gate, "-A", "");
      Client first = gate.exchange(0).client();
      assertThat(first.fingerprint().orElseThrow()).matches(JA4).startsWith("t13d");
      assertThat(first.userAgent()).contains(hash("Mozilla/5.0 (honest)"));
      assertThat(first.session()).isEmpty();
      assertThat(gate.exchange(1).client()).isEqualTo(first);
      assertThat(gate.exchange(2).client().fingerprint()).isEqualTo(first.fingerprint());
      assertThat(gate.exchange(2).client().userAgent()).contains(hash("Mozilla/6.0"));
      assertThat(gate.exchange(3).client().userAgent()).isEmpty();
    }
  }

  @Test
  void differentClientsDifferWhateverTheyPretendToBe() throws Exception {
    try (TestGate gate = gate()) {
      curl(gate, "-A", "curl/8");
      openssl(gate);
      java(gate);
      java(gate);
      curl(gate, "--tls-max", "1.2");
      String curl = gate.exchange(0).client().fingerprint().orElseThrow();
      String openssl = gate.exchange(1).client().fingerprint().orElseThrow();
      String java = gate.exchange(2).client().fingerprint().orElseThrow();
      assertThat(gate.exchange(1).client().userAgent()).contains(hash("curl/8"));
      assertThat(List.of(curl, openssl, java))
          .doesNotHaveDuplicates()
          .allMatch(f -> f.matches(JA4));
      assertThat(gate.exchange(3).client().fingerprint()).contains(java);
      assertThat(gate.exchange(4).client().fingerprint().orElseThrow()).startsWith("t12d");
    }
  }

  @Test
  void aBrowserThatShufflesItsHelloIsKnownAgain() throws Exception {
    assumeThat(Path.of("/usr/bin/chromium")).exists();
    try (TestGate gate = gate()) {
      chromium(gate, "one");
      Client first = gate.exchange(0).client();
      int already = gate.journal.exchanges().size();
      chromium(gate, "two");
      assertThat(first.fingerprint().orElseThrow()).matches(JA4).startsWith("t13d");
      assertThat(gate.exchange(already).client()).isEqualTo(first);
    }
  }

  @Test
  void withoutTlsThereIsNoFingerprint() throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      client.send("GET /1 HTTP/1.1\r\nHost: a\r\nuser-agent:  one \r\n\r\n");
      client.read();
      client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
      client.read();
      client.send("GET /3 HTTP/1.1\r\nHost: a\r\nUser-Agent: two\r\n\r\n");
      client.read();
      assertThat(gate.exchange(0).client())
          .isEqualTo(new Client(Optional.empty(), Optional.of(hash("one")), Optional.empty()));
      assertThat(gate.exchange(1).client()).isEqualTo(Client.UNKNOWN);
      assertThat(gate.exchange(2).client().userAgent()).contains(hash("two"));
    }
  }

  @Test
  void hostileHandshakesHarmNobody() throws Exception {
    try (TestGate gate = gate()) {
      byte[] lying = {22, 3, 1, 64, 0, 1, 0, (byte) 255, (byte) 255, 3, 3};
      byte[] long16K = Arrays.copyOf(lying, 70_000);
      for (byte[] hello : List.of(lying, long16K, new byte[5], new byte[] {22, 3, 1, 0, 0})) {
        try (var socket = new Socket(gate.address().getAddress(), gate.address().getPort())) {
          socket.getOutputStream().write(hello);
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        } catch (IOException reset) {
          assertThat(reset).isNotNull();
        }
      }
      java(gate);
      assertThat(gate.exchange(0).client().fingerprint().orElseThrow()).matches(JA4);
      assertThat(Files.exists(files.certificate())).isTrue();
    }
  }
}
