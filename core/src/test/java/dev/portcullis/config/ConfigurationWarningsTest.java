package dev.portcullis.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is legal but doubtful is told and stops nothing. */
class ConfigurationWarningsTest {
  @TempDir Path directory;

  private void isDoubtful(String snippet, String... words) throws Exception {
    var checked = new Sample(directory).check(snippet);
    assertThat(checked.warnings()).as(checked.warnings().toString()).hasSize(1);
    assertThat(checked.warnings().getFirst().render()).contains(words);
  }

  private void isFine(String snippet) throws Exception {
    assertThat(new Sample(directory).check(snippet).warnings()).isEmpty();
  }

  private static String route(String entries) {
    return "routes: [{name: r, path: '/r/{id}', upstream: clinic, " + entries + "}]\n";
  }

  @Test
  void aScopeThatNoAccountHas() throws Exception {
    String snippet = route("methods: {GET: [patients:raed]}");
    isDoubtful(snippet, ":1:", "methods.GET", "patients:raed, which no account has", "did you");
    isFine(route("methods: {GET: [patients:read]}"));
    isFine(
        "authentication: {issuers: [{issuer: a, audience: b, keys: ./tls/jwks.json,"
            + " algorithms: ES256}]}\n"
            + snippet);
  }

  @Test
  void personalDataForEverybody() throws Exception {
    isDoubtful(
        route("methods: [GET], authentication: none, data: {classes: {health: $.a}}"),
        "so everybody may read health");
  }

  @Test
  void aLimitByCredentialsThatNobodyHas() throws Exception {
    isDoubtful(
        route(
            "methods: [GET], authentication: none, limit: {requests: 1, per: 1s, by: credential}"),
        "by: [source]");
    isFine(route("methods: [GET], authentication: none, limit: {requests: 1, per: 1s}"));
  }

  @Test
  void tokensThatNobodyIssues() throws Exception {
    isDoubtful(route("methods: [GET], authentication: token"), "no issuer is trusted");
  }

  @Test
  void aDoorThatNobodyCanOpen() throws Exception {
    isDoubtful("accounts: []", "every request will be refused");
  }

  @Test
  void aListenerInClearForOthers() throws Exception {
    isDoubtful("listeners: [{name: p, address: '0.0.0.0:8080'}]", ":1:32", "travel in clear");
    isFine("listeners: [{name: p, address: '[::1]:8080'}]");
  }

  @Test
  void aPlaybookThatNeverRunsAndADetectorThatNobodyHeeds() throws Exception {
    isDoubtful(
        "playbooks: [{name: a, steps: [scope]}, {name: b, on: injection, steps: [scope]}]",
        "playbooks[1]: never runs");
    String some = "playbooks: [{name: a, on: injection, steps: [scope]}]\n";
    isDoubtful(some, "object-enumeration, credential-stuffing, bulk-exfiltration");
    isDoubtful("playbooks: []", "nothing is done about signals of object-enumeration");
    String off = "{enabled: false}";
    isFine(
        some
            + "detectors: {object-enumeration: %s, credential-stuffing: %s, bulk-exfiltration: %s,"
                .formatted(off, off, off)
            + " anonymous-walk: %s, credential-theft: %s, distributed-stuffing: %s,"
                .formatted(off, off, off)
            + " credential-theft-ring: %s, dormant-function: %s, foreign-object: %s,"
                .formatted(off, off, off)
            + " authentication-bypass: %s}".formatted(off));
  }

  @Test
  void aRecoveryPointThatCantBeMet() throws Exception {
    isDoubtful(
        "assets: [{name: d, kind: sqlite, path: d.db, upstream: clinic, rpo: 1m,"
            + " backup: {every: 5m, to: .}}]",
        "1m can't be met with a backup every 5m");
  }

  @Test
  void aBackupDestinationThatIsNotThere() throws Exception {
    isDoubtful(
        "assets: [{name: d, kind: sqlite, path: d.db, upstream: clinic, rpo: 10m,"
            + " backup: {every: 5m, to: not-mounted}}]",
        "not-mounted is not there, so backups fail until it is");
  }

  @Test
  void aMailPasswordInClear() throws Exception {
    String mail =
        "notification: {smtp: {server: '%s:25', from: a@b, start-tls: false, login:"
            + " {user: u, password-variable: SMTP_PASSWORD}}}";
    isDoubtful(mail.formatted("mail.example.com"), "password travels in clear");
    isFine(mail.formatted("127.0.0.1"));
  }

  @Test
  void warningsAreToldBesideProblems() throws Exception {
    var e = new Sample(directory).mistakes("playbooks: []\nlimits: {headers: x}");
    assertThat(e.problems()).hasSize(1);
    assertThat(e.warnings()).hasSize(1);
  }
}
