package dev.portcullis.gate.authn;

import static dev.portcullis.gate.testing.Requests.decide;
import static dev.portcullis.gate.testing.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.crypto.KeyedHash;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which credentials can be seen to come from one login. */
class SessionTest extends TokenTestBase {
  private Optional<String> session(String sid, String jti) {
    return accepted(
            withClaims(claims -> {
              claims.remove("jti");
              if (!sid.isEmpty()) {
                claims.put("sid", sid);
              }
              if (!jti.isEmpty()) {
                claims.put("jti", jti);
              }
            }))
        .session();
  }

  @Test
  void tokensOfOneLoginShareTheirSessionAndStayTwoCredentials() {
    assertThat(session("login-1", "a")).isPresent().isEqualTo(session("login-1", "b"));
    assertThat(session("login-1", "a")).isNotEqualTo(session("login-2", "a"));
    assertThat(session("login-1", "a").orElseThrow()).matches("[A-Za-z0-9_-]{8}");
  }

  @Test
  void withoutALoginATokenIsItsOwnSession() {
    assertThat(session("", "a")).isPresent().isEqualTo(session("", "a"));
    assertThat(session("", "a")).isNotEqualTo(session("", "b")).isNotEqualTo(session("a", ""));
    assertThat(session("", "")).isEmpty();
  }

  @Test
  void aSessionThatIsNoTextIsNone() {
    for (Object odd : List.of(7, List.of("x"), "")) {
      assertThat(accepted(withClaims(claims -> claims.put("sid", odd))).session())
          .as("the token's own id instead")
          .isEqualTo(session("", "token-id-1"));
    }
  }

  @Test
  void nobodyCanTellTheSessionFromItsHashWithoutTheKey() {
    Optional<String> here = session("login-1", "");
    var issuer = TestIssuer.settings(keyFile().toUri(), "ES256");
    var elsewhere =
        new AuthenticationControl(
            new dev.portcullis.config.AuthenticationSettings(List.of(issuer)),
            ACCOUNTS,
            credentials(),
            KeyedHash.ephemeral(),
            clock);
    control.close();
    control = elsewhere;
    assertThat(session("login-1", "")).isPresent().isNotEqualTo(here);
  }

  @Test
  void keysKnowNoLogin() {
    var credentials = credentials();
    String key = credentials.issueApiKey("alice", Optional.empty()).secret();
    control.close();
    control =
        new AuthenticationControl(
            new dev.portcullis.config.AuthenticationSettings(List.of()),
            ACCOUNTS,
            credentials,
            KeyedHash.ephemeral(),
            clock);
    var request =
        request(
            dev.portcullis.gate.testing.Requests.route(CredentialKind.API_KEY),
            "192.0.2.1",
            "X-API-Key",
            key);
    decide(control, request);
    assertThat(request.principal().orElseThrow().session()).isEmpty();
  }
}
