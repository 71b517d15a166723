package dev.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Json;
import dev.portcullis.cli.CommandLineProbe;
import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The whole story on real parts, told once; then looked at from the command line and in a browser.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {
  @TempDir static Path directory;
  private DemoWorld world;
  private DemoResult result;

  @BeforeAll
  void tellTheStory() throws Exception {
    var answered = new ConcurrentHashMap<String, Instant>();
    world =
        DemoWorld.start(
            new Demo.Options(directory, true, true, 0, 0),
            DemoDirectory.prepare(directory),
            (Incident incident, Signal signal, Instant at) ->
                answered.putIfAbsent(incident.id(), at));
    result =
        new Demo(world, new Narrator(new PrintStream(OutputStream.nullOutputStream())), answered)
            .tell();
  }

  @AfterAll
  void end() {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void everyStationDidItsJob() {
    assertThat(result.failures()).isEmpty();
    assertThat(result.requestsServedAfterOrder()).isZero();
    assertThat(result.scope().precision()).isEqualTo(1);
    assertThat(result.scope().recall()).isEqualTo(1);
    assertThat(result.scope().subjects()).isBetween(5, 40);
    assertThat(result.dataClasses()).containsExactly("contact", "health", "identity");
    assertThat(result.obligations()).extracting(DemoResult.Due::id).contains("gdpr-33", "insurer");
    assertThat(result.restore().verified()).isTrue();
    assertThat(result.journalVerified()).isTrue();
  }

  @Test
  void theJsonLineHasThePromisedFields() {
    JsonNode json = Json.parse(Json.line(result).getBytes(StandardCharsets.UTF_8));
    assertThat(json.propertyNames())
        .contains(
            "incident",
            "detected_after_requests",
            "contained_after_ms",
            "requests_served_after_order",
            "scope",
            "data_classes",
            "obligations",
            "notices_sent",
            "restore",
            "journal_verified");
    assertThat(json.path("scope").propertyNames())
        .contains("subjects", "true_subjects", "precision", "recall");
    assertThat(json.path("restore").propertyNames())
        .contains("rpo_seconds", "rto_seconds", "verified");
  }

  @Test
  void theNoticeThatArrivedTellsNumbersAndNoNames() {
    var notice =
        world.messages().stream()
            .filter(message -> message.to().toString().contains("breach@authority.example"))
            .findFirst()
            .orElseThrow();
    assertThat(notice.text())
        .contains(Integer.toString(result.scope().subjects()))
        .contains("health")
        .doesNotContain("P-100");
  }

  @Test
  void theAttackersChangeIsUndone() {
    long altered =
        world.attacker().attempts().stream()
            .filter(attempt -> attempt.method().equals("PATCH") && attempt.served())
            .peek(attempt ->
                assertThat(world.clinic().phoneOf(attempt.patient()))
                    .isNotEqualTo("+44 20 7946 0666"))
            .count();
    assertThat(altered).isPositive();
  }

  @Test
  void theCommandLineSeesTheRunningNode() {
    String config = world.configFile().toString();
    var list = CommandLineProbe.run("incident", "list", "-c", config, "--json");
    assertThat(list.exitCode()).isZero();
    assertThat(list.json().get(0).path("id").asString()).isEqualTo(result.incident());

    var show = CommandLineProbe.run("incident", "show", result.incident(), "-c", config);
    assertThat(show.exitCode()).isZero();
    assertThat(show.out()).contains("Scope: " + result.scope().subjects() + " data subjects");

    var scope =
        CommandLineProbe.run("scope", result.incident(), "--subjects", "-c", config, "--json");
    assertThat(scope.json().path("subjects")).hasSize(result.scope().trueSubjects());

    var nobody = CommandLineProbe.run("incident", "show", "INC-99", "-c", config);
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.err()).contains("There is no incident INC-99");
  }

  @Test
  void aReleasedKeyPassesAgainAndARevokedOneDoesNot() throws Exception {
    String config = world.configFile().toString();
    String clinic = ClinicApi.clinics().getLast();
    var issued = CommandLineProbe.run("credential", "issue", clinic, "-c", config, "--json");
    var key = new ApiKey("X-API-Key", issued.json().path("secret").asString());
    String patient = world.clinic().patientsOf(clinic, 1).getFirst();
    assertThat(status(key, patient)).isEqualTo(200);

    var contained =
        CommandLineProbe.run(
            "contain",
            "credential",
            issued.json().path("id").asString(),
            "--reason",
            "a test",
            "-c",
            config,
            "--json");
    assertThat(contained.exitCode()).as(contained.err()).isZero();
    assertThat(status(key, patient)).isEqualTo(401);

    String order = contained.json().path("order").path("id").asString();
    var released =
        CommandLineProbe.run("release", order, "--reason", "a test", "-c", config, "--json");
    assertThat(released.exitCode()).as(released.err()).isZero();
    assertThat(status(key, patient)).isEqualTo(200);
  }

  @Test
  void aRestoreOverTheLiveDatabaseNeedsItsNameTyped() {
    var restore =
        CommandLineProbe.run(
            "restore",
            "clinic-database",
            "--before",
            result.incident(),
            "--live",
            "-c",
            world.configFile().toString());
    assertThat(restore.exitCode()).isEqualTo(1);
    assertThat(restore.err()).contains("--confirm clinic-database");
  }

  @Test
  void secretsAreNowhereInTheState() throws Exception {
    String secret = world.keyOf(world.stolenFrom()).secret();
    try (var files = Files.walk(world.stateDirectory())) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(content.contains(secret)).as(file + " holds the key").isFalse();
        // copies of the database itself are kept while a restore is undone or looked at
        boolean isCopyOfAsset = file.toString().matches(".*/(sandbox|safety)/.*");
        assertThat(!isCopyOfAsset && content.contains("P-1001"))
            .as(file + " names a person")
            .isFalse();
      }
    }
  }

  @Test
  void plainTextOnTheTlsPortIsNoWayIn() throws Exception {
    try (var socket = new Socket("127.0.0.1", world.gate().port())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.ISO_8859_1)).doesNotContain("200 OK");
    }
  }

  @Test
  void thePageShowsTheStoryInARealBrowser() throws Exception {
    try (var browser = Browser.start()) {
      String url = world.node().consoleUrl();
      browser.open(url);
      assertThat(browser.title()).startsWith("Log in");
      browser.logIn("admin", "wrong password");
      assertThat(browser.text()).contains("do not belong together");
      browser.logIn("admin", world.consolePassword());
      assertThat(browser.awaitText("open incident")).contains(result.incident());
      browser.awaitElement("#chart canvas");
      browser.screenshot("now");
      browser.open(url + "incidents/" + result.incident());
      assertThat(browser.awaitText("Timeline"))
          .contains(result.scope().subjects() + " people")
          .contains("verified by content")
          .contains("gdpr-33");
      browser.awaitMatch(
          ".countdown[data-due]", "told, (7[01]|2[0-4]):\\d\\d:\\d\\d before it is due");
      browser.screenshot("incident");
      browser.open(url + "incidents/" + result.incident() + "/subjects");
      assertThat(browser.text()).contains("P-1001");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private int status(ApiKey key, String patient) throws Exception {
    try (var link = new HttpLink(world.gate(), java.net.InetAddress.getByName("127.0.0.40"))) {
      return link.send(
              "GET",
              "/v1/patients/" + patient,
              java.util.Map.of(key.header(), key.secret()),
              new byte[0])
          .status();
    }
  }
}
