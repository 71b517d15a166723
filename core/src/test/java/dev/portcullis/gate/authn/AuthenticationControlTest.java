package dev.portcullis.gate.authn;

import static dev.portcullis.gate.testing.Requests.decide;
import static dev.portcullis.gate.testing.Requests.refusal;
import static dev.portcullis.gate.testing.Requests.request;
import static dev.portcullis.gate.testing.Requests.route;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.gate.Control.Decision;
import dev.portcullis.identity.StoredCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthenticationControlTest extends TokenTestBase {
  private static final String HERE = "192.0.2.1";
  private static final RouteSettings ANY = route(CredentialKind.values());
  private static final RouteSettings KEYS = route(CredentialKind.API_KEY);

  private StoredCredentials credentials;
  private String key;

  @BeforeEach
  void issue() {
    credentials = credentials();
    key = credentials.issueApiKey("alice", Optional.of(clock.instant().plusSeconds(60))).secret();
    control.close();
    control =
        new AuthenticationControl(
            new dev.portcullis.config.AuthenticationSettings(
                List.of(TestIssuer.settings(keyFile().toUri(), "ES256"))),
            ACCOUNTS,
            credentials,
            KeyedHash.ephemeral(),
            clock);
  }

  @Test
  void anAnonymousRouteLooksAtNoCredential() {
    var request = request(route(), HERE, "X-API-Key", "pc_nonsense");
    assertThat(control.decide(request)).isEqualTo(Decision.PASS);
    assertThat(request.principal()).isEmpty();
  }

  @Test
  void aKeyIsTakenWhereverClientsPutIt() {
    for (String[] header :
        List.of(
            new String[] {"x-api-key", key},
            new String[] {"X-API-Key", " " + key + " "},
            new String[] {"Authorization", "ApiKey " + key},
            new String[] {"authorization", "apikey   " + key},
            new String[] {"Authorization", "Bearer " + key})) {
      var request = request(KEYS, HERE, header);
      assertThat(control.decide(request)).isEqualTo(Decision.PASS);
      assertThat(request.principal().orElseThrow().account()).isEqualTo("alice");
    }
  }

  @Test
  void aMissingCredentialIsToldWhichKindsAreTaken() {
    var refusal = refusal(control, request(ANY, HERE));
    assertThat(refusal.control()).isEqualTo("authentication");
    assertThat(refusal.reason()).isEqualTo("missing-credential");
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.headers())
        .containsEntry(
            "WWW-Authenticate",
            "ApiKey realm=\"api\", Basic realm=\"api\", charset=\"UTF-8\", Bearer realm=\"api\"");
    assertThat(refusal(control, request(KEYS, HERE)).headers())
        .containsEntry("WWW-Authenticate", "ApiKey realm=\"api\"");
  }

  @Test
  void everyFailureLooksTheSameToTheClient() {
    String mistyped =
        key.substring(0, 20) + (key.charAt(20) == 'x' ? 'y' : 'x') + key.substring(21);
    String other =
        new StoredCredentials(
                ACCOUNTS, store.jdbi(), dev.portcullis.crypto.KeyedHash.ephemeral(), clock)
            .issueApiKey("alice", Optional.empty())
            .secret();
    var missing = refusal(control, request(KEYS, HERE));
    record Failure(String reason, List<String> headers) {}
    for (var failure :
        List.of(
            new Failure("malformed-key", List.of("X-API-Key", mistyped)),
            new Failure("malformed-key", List.of("X-API-Key", "")),
            new Failure("unknown-key", List.of("X-API-Key", other)),
            new Failure("several-credentials", List.of("X-API-Key", key, "X-API-Key", key)),
            new Failure(
                "several-credentials", List.of("X-API-Key", key, "Authorization", "ApiKey " + key)),
            new Failure(
                "several-credentials",
                List.of("Authorization", "ApiKey " + key, "Authorization", "Basic eDp5")),
            new Failure(
                "malformed-authorization",
                List.of("Authorization", "ApiKey " + key + ", Basic eDp5")),
            new Failure("malformed-authorization", List.of("Authorization", key)),
            new Failure("malformed-authorization", List.of("Authorization", "")),
            new Failure("unknown-scheme", List.of("Authorization", "Digest abc")),
            new Failure("credential-kind-not-accepted", List.of("Authorization", "Basic eDp5")),
            new Failure(
                "credential-kind-not-accepted",
                List.of(
                    "Authorization",
                    "Bearer " + TestIssuer.token(TestIssuer.EC, clock.instant()))))) {
      var refusal = refusal(control, request(KEYS, HERE, failure.headers().toArray(String[]::new)));
      assertThat(refusal.reason()).isEqualTo(failure.reason());
      assertThat(refusal.status()).isEqualTo(missing.status());
      assertThat(refusal.title()).isEqualTo(missing.title());
      assertThat(refusal.headers()).isEqualTo(missing.headers());
    }
  }

  @Test
  void anExpiredKeyIsRefusedAndItsAccountKnownToTheJournal() {
    clock.advance(Duration.ofSeconds(60));
    var request = request(KEYS, HERE, "X-API-Key", key);
    assertThat(refusal(control, request).reason()).isEqualTo("expired-key");
    assertThat(request.claimed()).contains("alice");
    assertThat(request.principal()).isEmpty();
  }

  @Test
  void oneRouteMayTakeEveryKind() {
    credentials.setPassword("alice", "open sesame".toCharArray());
    for (String authorization :
        List.of(
            "ApiKey " + key,
            "Basic YWxpY2U6b3BlbiBzZXNhbWU=",
            "Bearer " + TestIssuer.token(TestIssuer.EC, clock.instant()))) {
      assertThat(decide(control, request(ANY, HERE, "Authorization", authorization)))
          .isEqualTo(Decision.PASS);
    }
  }

  @Test
  void noSecretIsInWhatIsPrinted() {
    assertThat(new Presented.ApiKey(key).toString()).doesNotContain(key);
    assertThat(new Presented.Token("secret").toString()).doesNotContain("secret");
    assertThat(new Presented.Password("secret").toString()).doesNotContain("secret");
    assertThat(new BasicCredentials("alice", "secret").toString()).doesNotContain("secret");
  }
}
