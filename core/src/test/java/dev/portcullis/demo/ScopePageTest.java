package dev.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.app.Configurations;
import dev.portcullis.app.Node;
import dev.portcullis.cli.CommandLineProbe;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.scope.testing.Breach;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scope as people meet it: on the page and on the command line of a running node. */
class ScopePageTest {
  @TempDir Path directory;
  private final Breach breach = new Breach(Breach.Kind.SEVERAL_KEYS, 3, false);
  private String config;
  private Node node;

  @BeforeEach
  void startANodeWithABreachInItsJournal() throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    Files.writeString(
        file,
        """
        node: {name: gate-1, state: ./state}
        listeners:
          - {name: public, address: "127.0.0.1:0"}
        upstreams:
          - {name: clinic, url: "http://127.0.0.1:9"}
        accounts:
          - {name: office, scopes: [read]}
        routes:
          - name: patients
            path: /v1/patients/{id}
            upstream: clinic
            methods: {GET: [read]}
            data: {subject: "{id}", classes: {health: ["$.diagnosis"]}}
        detectors:        # the signal is given, so that what is undecided is known
          object-enumeration: {enabled: false}
          bulk-exfiltration: {enabled: false}
          credential-theft: {enabled: false}
          credential-theft-ring: {enabled: false}
          foreign-object: {enabled: false}
          dormant-function: {enabled: false}
        console: {address: "127.0.0.1:0"}
        """);
    config = file.toString();
    node = Node.open(Configurations.read(file), InstantSource.system());
    var written = new CountDownLatch(breach.exchanges().size());
    for (Exchange exchange : breach.exchanges()) {
      node.facades()
          .journal()
          .append(
              exchange,
              Journal.Durability.WRITTEN,
              new Journal.Receipt() {
                @Override
                public void recorded(long sequence) {
                  written.countDown();
                }

                @Override
                public void lost(String reason) {}
              });
    }
    assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
    var incident = node.facades().incidents().accept(breach.signal()).incident();
    node.facades().scopes().determine(incident);
    node.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aPersonWidensTheScopeOnTheCommandLineUntilItIsClosed() {
    var pivots = CommandLineProbe.run("scope", "pivots", "INC-1", "-c", config, "--json").json();
    assertThat(pivots.size()).isEqualTo(3);
    assertThat(CommandLineProbe.run("scope", "INC-1", "-c", config).out())
        .contains("3 pivots undecided", "NOT KNOWN: Pivot P1", "thief", "owner");
    for (int i = 1; i <= 3; i++) {
      var accepted =
          CommandLineProbe.run(
              "scope", "accept", "INC-1", "P" + i, "--reason", "the same tool", "-c", config);
      assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    }
    var scope = CommandLineProbe.run("scope", "INC-1", "-c", config, "--json").json();
    assertThat(scope.path("closed").asBoolean()).isTrue();
    assertThat(scope.path("subject_count").asInt()).isEqualTo(breach.reached().size());
    assertThat(CommandLineProbe.run("incident", "show", "INC-1", "-c", config).out())
        .contains("Pivot P1 accepted", "the same tool");
    var nothing =
        CommandLineProbe.run("scope", "reject", "INC-1", "P99", "--reason", "x", "-c", config);
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("There is no pivot 'P99' of INC-1");
  }

  @Test
  void somebodyAsksWithoutAnIncident() {
    var scope =
        CommandLineProbe.run(
            "scope",
            "--source",
            "198.51.100.7",
            "--from",
            "2026-05-05T00:00:00Z",
            "-c",
            config,
            "--json");
    assertThat(scope.exitCode()).as(scope.err()).isZero();
    assertThat(scope.json().path("scope").path("exchanges").asLong()).isEqualTo(breach.size());
    assertThat(scope.json().path("subject_count").asInt()).isEqualTo(breach.reached().size());
    assertThat(scope.json().path("revealed").asBoolean()).isFalse();
    var nobody = CommandLineProbe.run("scope", "-c", config);
    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.err()).contains("Name an incident, or what to look for");
    var when = CommandLineProbe.run("scope", "--source", "x", "--from", "monday", "-c", config);
    assertThat(when.err()).contains("ISO 8601");
  }

  @Test
  void thePageShowsTheScopeAndTakesADecision() throws Exception {
    try (var browser = Browser.start()) {
      String url = node.consoleUrl();
      browser.open(url);
      browser.logIn("admin", password());
      browser.open(url + "incidents/INC-1");
      assertThat(browser.awaitText("Whose requests these were"))
          .contains("rightful owner", "3 pivots undecided", "unobserved, ");
      browser.screenshot("scope");
      browser.decide("P1", "the same tool", "accept");
      assertThat(browser.awaitText("2 pivots undecided")).contains("Pivot P1 accepted");
      browser.decide("P2", "a colleague", "reject");
      browser.awaitText("1 pivots undecided");
      browser.show(".graph");
      browser.screenshot("scope-decided");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private String password() throws Exception {
    try (var files = Files.walk(directory.resolve("state"))) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().contains("password"))
              .findFirst()
              .orElseThrow();
      return Files.readString(file).strip();
    }
  }
}
