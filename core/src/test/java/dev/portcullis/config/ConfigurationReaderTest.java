package dev.portcullis.config;

import static dev.portcullis.config.CredentialKind.API_KEY;
import static dev.portcullis.config.CredentialKind.PASSWORD;
import static dev.portcullis.config.CredentialKind.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.LimitSettings.LimitKey;
import dev.portcullis.config.PlaybookSettings.Step;
import dev.portcullis.config.PlaybookSettings.Verb;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a valid file becomes, its defaults, and what an invalid one looks like to people. */
class ConfigurationReaderTest {
  @TempDir Path directory;

  private Configuration read(String snippet) throws Exception {
    return new Sample(directory).check(snippet).configuration();
  }

  @Test
  void aMinimalFileHasTheRecordedDefaults() throws Exception {
    Configuration read = read("");
    assertThat(read.file()).isEqualTo(directory.resolve("portcullis.yaml"));
    assertThat(read.node()).isEqualTo(new NodeSettings("gate-1", directory.resolve("state")));
    assertThat(read.listeners())
        .containsExactly(
            new ListenerSettings("public", new Endpoint("127.0.0.1", 8443), Optional.empty()));
    assertThat(read.upstreams())
        .containsExactly(
            new UpstreamSettings(
                "clinic",
                URI.create("http://127.0.0.1:9090"),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                256));
    assertThat(read.authentication()).isEqualTo(new AuthenticationSettings(List.of()));
    assertThat(read.routes())
        .containsExactly(
            new RouteSettings(
                "all",
                "/all",
                "clinic",
                Map.of("GET", Set.of()),
                Set.of(API_KEY, PASSWORD, TOKEN),
                Optional.empty(),
                1 << 20,
                InspectionMode.OBSERVE,
                new RecordingSettings(
                    RecordingSettings.Release.FLUSH_INTERVAL, RecordingSettings.WhenFull.REFUSE),
                DataSettings.NONE));
    assertThat(read.limits()).isEqualTo(GateLimits.DEFAULT);
    assertThat(read.journal()).isEqualTo(JournalSettings.DEFAULT);
    assertThat(read.detectors()).isEqualTo(DetectorSettings.DEFAULT);
    assertThat(read.containment()).isEqualTo(ContainmentSettings.DEFAULT);
    assertThat(read.playbooks())
        .containsExactly(
            new PlaybookSettings(
                "default",
                Set.of(
                    "object-enumeration",
                    "credential-stuffing",
                    "injection",
                    "bulk-exfiltration",
                    "anonymous-walk",
                    "credential-theft",
                    "distributed-stuffing",
                    "credential-theft-ring",
                    "dormant-function",
                    "foreign-object",
                    "authentication-bypass"),
                List.of(
                    new Step.Contain(Verb.CREDENTIAL),
                    new Step.DetermineScope(),
                    new Step.StartClocks(),
                    new Step.Notify(),
                    new Step.DraftPostMortem())));
    assertThat(read.obligations().rules()).isEmpty();
    assertThat(read.obligations().contracts()).isEmpty();
    assertThat(read.notification())
        .isEqualTo(
            new NotificationSettings(
                Optional.empty(), NotificationSettings.Sending.AFTER_APPROVAL, List.of()));
    assertThat(read.assets()).isEmpty();
    assertThat(read.console())
        .isEqualTo(
            new ConsoleSettings(new Endpoint("127.0.0.1", 8444), new TlsSettings.SelfSigned()));
  }

  @Test
  void emptySectionsHaveTheDefaultsToo() throws Exception {
    String[] sections = {
      "limits", "journal", "detectors", "containment", "obligations", "notification", "console"
    };
    assertThat(read(String.join(": {}\n", sections) + ": {}\n")).isEqualTo(read(""));
    assertThat(read(String.join(":\n", sections) + ":\nassets:\nplaybooks:\nauthentication:\n"))
        .isEqualTo(read(""));
  }

  @Test
  void aRouteIsReadWithAllItSays() throws Exception {
    Configuration read =
        read(
            """
            routes:
              - name: patient-record
                path: /v1/patients/{id}
                upstream: clinic
                methods:
                  GET: patients:read
                  PATCH: [patients:read, patients:write]
                authentication: [api-key, token]
                limit: {requests: 600, per: 1m, by: [credential, source]}
                body-limit: 2KiB
                inspection: refuse
                journal: {release: before-response, when-full: continue}
                data:
                  subject: "{id}"
                  subjects: $.items[*].patient_id
                  classes:
                    health: ["$.diagnosis", "$.medication"]
                    contact: $.email
            """);
    RouteSettings route = read.route("patient-record").orElseThrow();
    assertThat(route.methods().keySet()).containsExactly("GET", "PATCH");
    assertThat(route.methods().get("PATCH")).containsExactly("patients:read", "patients:write");
    assertThat(route.authentication()).containsExactlyInAnyOrder(API_KEY, TOKEN);
    assertThat(route.limit())
        .contains(
            new LimitSettings(
                600, Duration.ofMinutes(1), Set.of(LimitKey.CREDENTIAL, LimitKey.SOURCE)));
    assertThat(route.bodyLimit()).isEqualTo(2048);
    assertThat(route.inspection()).isEqualTo(InspectionMode.REFUSE);
    assertThat(route.recording())
        .isEqualTo(
            new RecordingSettings(
                RecordingSettings.Release.BEFORE_RESPONSE, RecordingSettings.WhenFull.CONTINUE));
    assertThat(route.data())
        .isEqualTo(
            new DataSettings(
                Optional.of("id"),
                List.of("$.items[*].patient_id"),
                Map.of(
                    "health", List.of("$.diagnosis", "$.medication"),
                    "contact", List.of("$.email"))));
  }

  @Test
  void pathsStartAtTheFilesDirectoryWhereverTheProcessRuns() throws Exception {
    Configuration read =
        read(
            """
            node: {name: g, state: ./state/../other}
            console: {tls: {certificate: tls/chain.pem, key: ./tls/key.pem}}
            authentication:
              issuers: [{issuer: a, audience: b, keys: tls/jwks.json, algorithms: [ES256, EdDSA]}]
            """);
    assertThat(read.node().state()).isEqualTo(directory.resolve("other"));
    assertThat(read.console().tls())
        .isEqualTo(
            new TlsSettings.Files(
                directory.resolve("tls/chain.pem"), directory.resolve("tls/key.pem")));
    assertThat(read.authentication().issuers().getFirst().keys())
        .isEqualTo(directory.resolve("tls/jwks.json").toUri());
  }

  @Test
  void theEnvironmentIsTextAndNeverYaml() throws Exception {
    var sample = new Sample(directory);
    Path file =
        sample.write(
            Sample.completed(
                "obligations: {controller: {name: '${A} $${B} ${C:-d} ${E:-}', contact: x}}"));
    var reader = new ConfigurationReader(Set.of(), Map.of("A", "{a: [b]}", "E", "e"));
    assertThat(reader.read(file).obligations().controller().name()).isEqualTo("{a: [b]} ${B} d e");
  }

  @Test
  void upstreamsAlwaysHaveAPort() throws Exception {
    assertThat(read("upstreams: [{name: clinic, url: https://a/}]").upstreams().getFirst().url())
        .isEqualTo(URI.create("https://a:443"));
  }

  @Test
  void anchorsSpareRepetition() throws Exception {
    Configuration read =
        read(
            """
            routes:
              - {name: a, path: /a, upstream: clinic, methods: &m {GET: [patients:read]}}
              - {name: b, path: /b, upstream: clinic, methods: *m}
            """);
    assertThat(read.routes().get(1).methods()).isEqualTo(read.routes().get(0).methods());
  }

  @Test
  void theStarterIsValidWhereverItIsWritten() throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    Files.writeString(file, ConfigurationReader.starter());
    var checked = new ConfigurationReader(Set.of(), Map.of()).check(file);
    assertThat(checked.warnings()).isEmpty();
    assertThat(checked.configuration().routes()).hasSize(3);
  }

  @Test
  void theStarterIsValidWithEverythingUncommented() throws Exception {
    String all = ConfigurationReader.starter().replaceAll("(?m)^# (?=[a-z]+:$| )", "");
    var checked = new Sample(directory).checkWhole(all);
    assertThat(checked.configuration().assets()).hasSize(1);
    assertThat(checked.configuration().obligations().rules()).containsExactly("gdpr-33");
    assertThat(checked.configuration().notification().smtp()).isPresent();
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheFile() throws Exception {
    var e =
        new Sample(directory)
            .mistakes(
                """
                limits: {headers: x}
                routes:
                  - {name: a, path: /a, upstream: nowhere, methods: {GTE: []}, body-limit: y}
                  - nonsense
                  - {name: a, path: b, upstream: clinic, methods: [GET]}
                """);
    assertThat(e.problems().stream().map(Problem::path))
        .containsExactly(
            "limits.headers",
            "routes[0].upstream",
            "routes[0].methods.GTE",
            "routes[0].body-limit",
            "routes[1]",
            "routes[2].name",
            "routes[2].path");
    assertThat(String.valueOf(e.getMessage()).lines()).hasSize(7);
  }

  @Test
  void aProblemIsShownToPeopleWithItsLineAndACaret() throws Exception {
    var e = new Sample(directory).mistakes("limits:\n  header-timeout: 5 minutes");
    assertThat(e.render())
        .isEqualTo(
            directory.resolve("portcullis.yaml")
                + """
                :2:19: limits.header-timeout: "5 minutes" is not a duration (expected: a number \
                and a unit (ms, s, m, h, d), such as 30s, 5m, 72h)
                     2 |   header-timeout: 5 minutes
                       |                   ^
                1 problem; nothing was started.\
                """);
  }

  @Test
  void aProblemIsPlainFieldsToMachines() throws Exception {
    Problem problem = new Sample(directory).mistakes("limits: {headers: x}").problems().getFirst();
    var json = new tools.jackson.databind.ObjectMapper().valueToTree(problem);
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder("file", "line", "column", "path", "wrong", "expected", "source");
    assertThat(json.get("line").intValue()).isEqualTo(1);
    assertThat(json.get("path").asString()).isEqualTo("limits.headers");
  }
}
