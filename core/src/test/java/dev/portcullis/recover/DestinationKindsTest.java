package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.portcullis.config.AssetSettings.Source;
import dev.portcullis.config.DestinationSettings;
import dev.portcullis.config.DestinationSettings.Kind;
import dev.portcullis.config.Endpoint;
import dev.portcullis.recover.engine.ResticProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real servers at the other end. */
class DestinationKindsTest {
  @TempDir Path root;
  private Path papers;

  @BeforeEach
  void papers() throws IOException {
    assumeTrue(ResticProgram.find().isPresent(), "the package restic is not installed");
    papers = Files.createDirectories(root.resolve("papers"));
    Files.writeString(papers.resolve("a.txt"), "as it was ".repeat(1_000));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static DestinationSettings remote(String name, Kind kind) {
    return new DestinationSettings(
        name, kind, "cloud", true, false, Optional.empty(), Optional.empty());
  }

  private void comesBack(Depot depot) throws Exception {
    try (var desk = depot.desk(new Source.Directory(papers, List.of()))) {
      desk.backup("thing");
      RestoreReport report = desk.restore(depot.before(depot.clock().plusSeconds(1)));
      assertThat(Path.of(report.target()).resolve("a.txt"))
          .hasSameTextualContentAs(papers.resolve("a.txt"));
      assertThat(desk.backups().getFirst().rule().offsite()).isEqualTo(1);
    }
  }

  private static void answers(int port) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  @Test
  void anSshServerKeepsThemAndAnotherOneInItsPlaceIsRefused() throws Exception {
    Path sshd = Path.of("/usr/sbin/sshd");
    assumeTrue(Files.isExecutable(sshd), "the package openssh-server is not installed");
    int port = freePort();
    for (String key : List.of("host", "other", "user")) {
      run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", root.resolve(key).toString());
    }
    Files.createDirectories(Path.of("/run/sshd"));
    Files.copy(root.resolve("user.pub"), root.resolve("authorized"));
    Files.writeString(
        root.resolve("sshd_config"),
        """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s
        AuthorizedKeysFile %s
        StrictModes no
        PasswordAuthentication no
        UsePAM no
        PermitRootLogin prohibit-password
        PidFile none
        Subsystem sftp internal-sftp
        """
            .formatted(port, root.resolve("host"), root.resolve("authorized")));
    Process server =
        new ProcessBuilder(
                sshd.toString(), "-D", "-e", "-f", root.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("sshd.log").toFile())
            .start();
    try (var depot = new Depot(root)) {
      answers(port);
      String user = System.getProperty("user.name");
      String[] host = Files.readString(root.resolve("host.pub")).split(" ");
      Path known = root.resolve("known");
      Files.writeString(known, "[127.0.0.1]:" + port + " " + host[0] + " " + host[1] + "\n");
      var sftp =
          new Kind.Sftp(
              new Endpoint("127.0.0.1", port),
              user,
              root.resolve("far").toString(),
              root.resolve("user"),
              known);
      comesBack(depot.to(remote("far", sftp)));

      String[] other = Files.readString(root.resolve("other.pub")).split(" ");
      Files.writeString(known, "[127.0.0.1]:" + port + " " + other[0] + " " + other[1] + "\n");
      try (var desk = depot.desk(new Source.Directory(papers, List.of()))) {
        assertThatThrownBy(() -> desk.backup("thing"))
            .hasMessageContaining("can't be reached")
            .hasMessageContaining("far");
      }
    } finally {
      server.descendants().forEach(ProcessHandle::destroy);
      server.destroy();
    }
  }

  @Test
  void aBucketKeepsThemAndWhereItIsLockedTheyCanNotBeDeletedForGood() throws Exception {
    assumeTrue(
        run("sh", "-c", "command -v moto_server") == 0,
        "no S3-compatible server (moto_server) is installed");
    int port = freePort();
    Process server =
        new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("s3.log").toFile())
            .start();
    try (var depot = new Depot(root)) {
      answers(port);
      var http = HttpClient.newHttpClient();
      URI bucket = URI.create("http://127.0.0.1:" + port + "/clinic");
      assertThat(put(http, bucket, "x-amz-bucket-object-lock-enabled", "True", "")).isEqualTo(200);
      assertThat(
              put(
                  http,
                  URI.create(bucket + "?object-lock"),
                  "x-unused",
                  "none",
                  "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
                      + "<DefaultRetention><Mode>COMPLIANCE</Mode><Days>30</Days>"
                      + "</DefaultRetention></Rule></ObjectLockConfiguration>"))
          .isEqualTo(200);
      depot.variables.put("KEY", "portcullis");
      depot.variables.put("SECRET", "a secret of the test");
      var s3 =
          new Kind.S3(
              "http://127.0.0.1:" + port, "clinic", "backups", "us-east-1", "KEY", "SECRET");
      comesBack(depot.to(remote("bucket", s3)));

      String versions =
          http.send(
                  request(URI.create(bucket + "?versions&prefix=backups/data")).GET().build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      String key = between(versions, "<Key>", "</Key>");
      String version = between(versions, "<VersionId>", "</VersionId>");
      var deleted =
          http.send(
              request(URI.create(bucket + "/" + key + "?versionId=" + version)).DELETE().build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(403);
    } finally {
      server.descendants().forEach(ProcessHandle::destroy);
      server.destroy();
    }
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=portcullis/20261124/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host, Signature=0");
  }

  private static int put(HttpClient http, URI uri, String header, String value, String body)
      throws Exception {
    return http.send(
            request(uri)
                .header(header, value)
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
