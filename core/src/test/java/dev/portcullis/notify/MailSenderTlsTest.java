package dev.portcullis.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.Endpoint;
import dev.portcullis.config.NotificationSettings.Login;
import dev.portcullis.config.NotificationSettings.Smtp;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** STARTTLS and login against a real server with a real certificate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailSenderTlsTest {
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();
  private static final String PASSWORD = "correct horse";

  private static final NoticeRow NOTICE =
      new NoticeRow(
          7,
          "INC-1",
          "gdpr-33",
          "Behörde",
          "breach@dpa.example",
          "Subject",
          "Body\n.\nwith dots\n",
          List.of(),
          1,
          Notice.State.APPROVED,
          Optional.of("anna"),
          Optional.of(Instant.EPOCH),
          Optional.of("<NOT-7.x@clinic.example>"),
          1,
          Optional.empty(),
          false);

  private final SSLContext tls;
  private final MailServer server;

  MailSenderTlsTest(@TempDir Path directory) throws Exception {
    tls = context(directory.resolve("mail.p12"));
    server = MailServer.openTls(tls, "gate", PASSWORD);
  }

  @AfterAll
  void close() {
    server.close();
  }

  /** With a new certificate for localhost, trusted by nobody else. */
  private static SSLContext context(Path file) throws Exception {
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "mail",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "36500",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, STORE_PASSWORD);
    }
    var keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(keys, STORE_PASSWORD);
    var trustManagers = TrustManagerFactory.getInstance("PKIX");
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("mail", keys.getCertificate("mail"));
    trustManagers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  private Attempt send(Optional<String> password, boolean trusted) {
    return send(server.endpoint(), password, trusted, MailSender.TIMEOUT);
  }

  private Attempt send(
      Endpoint endpoint, Optional<String> password, boolean trusted, Duration timeout) {
    var smtp =
        new Smtp(
            endpoint, "gate@clinic.example", true, Optional.of(new Login("gate", "MAIL_PASSWORD")));
    return new MailSender(
            smtp,
            name -> name.equals("MAIL_PASSWORD") ? password : Optional.empty(),
            trusted ? Optional.of(tls.getSocketFactory()) : Optional.empty(),
            timeout)
        .send(NOTICE);
  }

  @Test
  void aServerThatNeverSpeaksIsGivenUpAndTheNoticeWaits() throws Exception {
    try (var silent = new ServerSocket(0, 5, InetAddress.getByName("localhost"))) {
      var endpoint = new Endpoint("localhost", silent.getLocalPort());

      assertThat(send(endpoint, Optional.of(PASSWORD), true, Duration.ofMillis(200)))
          .isInstanceOf(Attempt.Postponed.class);
    }
  }

  @Test
  void overTlsWithThePasswordFromTheEnvironmentTheServerTakesIt() throws Exception {
    int before = server.messages().size();

    assertThat(send(Optional.of(PASSWORD), true))
        .isInstanceOfSatisfying(
            Attempt.Taken.class, taken -> assertThat(taken.reply()).startsWith("250"));

    assertThat(server.messages()).hasSize(before + 1);
    assertThat(MailServer.header(server.text(before), "To").orElseThrow())
        .contains("breach@dpa.example")
        .startsWith("=?UTF-8?");
  }

  @Test
  void aCertificateThatNobodyTrustsIsNotUsed() {
    assertThat(send(Optional.of(PASSWORD), false)).isInstanceOf(Attempt.Postponed.class);
  }

  @Test
  void aWrongPasswordIsOursToMendAndTheNoticeWaits() {
    assertThat(send(Optional.of("wrong horse"), true))
        .isInstanceOfSatisfying(
            Attempt.Postponed.class,
            postponed -> assertThat(postponed.reason()).doesNotContain("wrong horse"));
  }

  @Test
  void aMissingPasswordIsNamedByItsVariable() {
    assertThat(send(Optional.empty(), true))
        .isInstanceOfSatisfying(
            Attempt.Postponed.class,
            postponed -> assertThat(postponed.reason()).contains("MAIL_PASSWORD"));
  }
}
