package dev.portcullis.gate.authn;

import static dev.portcullis.gate.authn.TestIssuer.EC;
import static dev.portcullis.gate.testing.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.TokenIssuerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token must claim: RFC 8725 §3.8 to §3.12, RFC 9068. */
class TokenClaimsTest extends TokenTestBase {
  private static final long SKEW = 30;

  private long now() {
    return clock.instant().getEpochSecond();
  }

  @Test
  void aGoodTokenOfEachAlgorithmNamesAccountAndScopes() {
    for (var key : List.of(TestIssuer.RSA, EC, TestIssuer.ED)) {
      var principal = accepted(TestIssuer.token(key, clock.instant()));
      assertThat(principal.account()).isEqualTo("alice");
      assertThat(principal.kind()).isEqualTo(CredentialKind.TOKEN);
      assertThat(principal.scopes()).containsExactlyInAnyOrder("patients:read", "patients:write");
      assertThat(principal.credential()).matches("token-[0-9a-f]{16}");
    }
  }

  @Test
  void scopesMayAlsoComeAsScp() {
    assertThat(
            accepted(
                    withClaims(claims -> {
                      claims.remove("scope");
                      claims.put("scp", List.of("a", "b c"));
                    }))
                .scopes())
        .isEqualTo(Set.of("a", "b", "c"));
    assertThat(accepted(withClaims(claims -> claims.remove("scope"))).scopes()).isEmpty();
  }

  @Test
  void twoTokensAreTwoCredentialsAndTheSameIdIsOne() {
    String one = accepted(withClaims(claims -> claims.put("jti", "1"))).credential();
    assertThat(accepted(withClaims(claims -> claims.put("jti", "2"))).credential())
        .isNotEqualTo(one);
    assertThat(
            accepted(
                    withClaims(claims -> {
                      claims.put("jti", "1");
                      claims.put("more", "x");
                    }))
                .credential())
        .isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://id.example.test",
        "https://ID.example.test/",
        "https://id.example.test//",
        "https://id.example.test/ ",
        "https://evil.test/",
        ""
      })
  void anIssuerIsComparedAsAnExactText(String issuer) {
    refused("wrong-issuer", withClaims(claims -> claims.put("iss", issuer)));
  }

  @Test
  void aMissingOrStrangeIssuerIsRefused() {
    refused("wrong-issuer", withClaims(claims -> claims.remove("iss")));
    refused("wrong-issuer", withClaims(claims -> claims.put("iss", List.of(TestIssuer.ISSUER))));
  }

  @Test
  void theAudienceMustBeAnExactMember() {
    accepted(
        withClaims(claims -> claims.put("aud", List.of("https://other", TestIssuer.AUDIENCE))));
    for (Object audience :
        List.of(
            TestIssuer.AUDIENCE + "/",
            "https://api",
            List.of(),
            List.of(List.of(TestIssuer.AUDIENCE)),
            Map.of("a", TestIssuer.AUDIENCE))) {
      refused("wrong-audience", withClaims(claims -> claims.put("aud", audience)));
    }
    refused("wrong-audience", withClaims(claims -> claims.remove("aud")));
  }

  @Test
  void aTokenLivesFromNotBeforeToExpiryGiveOrTakeTheSkew() {
    accepted(withClaims(claims -> claims.put("exp", now() - SKEW + 1)));
    refused("expired-token", withClaims(claims -> claims.put("exp", now() - SKEW)));
    refused("missing-expiry", withClaims(claims -> claims.remove("exp")));
    accepted(withClaims(claims -> claims.put("nbf", now() + SKEW)));
    refused("premature-token", withClaims(claims -> claims.put("nbf", now() + SKEW + 1)));
    accepted(withClaims(claims -> claims.put("iat", now() + SKEW)));
    refused("future-token", withClaims(claims -> claims.put("iat", now() + SKEW + 1)));
  }

  @Test
  void timesThatAreNoTimesAreRefused() {
    for (Object time : List.of("1772366400", -1, 1e300, true, List.of(now() + 60))) {
      refused("malformed-claim", withClaims(claims -> claims.put("exp", time)));
    }
    accepted(withClaims(claims -> claims.put("exp", now() + 60.5)));
  }

  @Test
  void noConfigurationMakesTheSkewLongerThanAMinute() {
    var settings = TestIssuer.settings(keyFile().toUri(), "ES256");
    control.close();
    control =
        control(
            new TokenIssuerSettings(
                settings.issuer(),
                settings.audience(),
                settings.keys(),
                settings.algorithms(),
                settings.accountClaim(),
                Duration.ofHours(1)));
    accepted(withClaims(claims -> claims.put("exp", now() - 59)));
    refused("expired-token", withClaims(claims -> claims.put("exp", now() - 60)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "JWT", "jwt"})
  void anAccessTokenMaySayWhatItIs(String type) {
    accepted(withHeader(EC, header -> header.put("typ", type)));
  }

  @Test
  void aTokenOfAnotherTypeIsRefused() {
    accepted(withHeader(EC, header -> header.remove("typ")));
    for (String type : List.of("dpop+jwt", "logout+jwt", "secevent+jwt", "id+jwt", "")) {
      refused("wrong-type", withHeader(EC, header -> header.put("typ", type)));
    }
  }

  @Test
  void anIdTokenIsNoAccessToken() {
    refused("id-token", withClaims(claims -> claims.put("nonce", "n-0S6_WzA2Mj")));
    refused("id-token", withClaims(claims -> claims.put("at_hash", "MTIzNDU2")));
  }

  @Test
  void aTokenBoundToItsHoldersKeyIsNotTakenFromJustAnybody() {
    refused(
        "sender-constrained-token",
        withClaims(claims -> claims.put("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2Hg"))));
  }

  @Test
  void onlyAConfiguredAccountIsLetIn() {
    String token = withClaims(claims -> claims.put("sub", "mallory"));
    refused("unknown-account", token);
    var request = bearing(token);
    refusal(control, request);
    assertThat(request.claimed()).contains("mallory");
    refused("missing-account", withClaims(claims -> claims.remove("sub")));
    refused("missing-account", withClaims(claims -> claims.put("sub", 7)));
    refused("malformed-claim", withClaims(claims -> claims.put("jti", 7)));
  }

  @Test
  void keysOfOneIssuerSignNothingForAnother() throws Exception {
    var other = TestIssuer.ec("ec-1");
    var otherKeys = directory.resolve("other.json");
    java.nio.file.Files.writeString(otherKeys, TestIssuer.keySet(other));
    control.close();
    control =
        control(
            TestIssuer.settings(keyFile().toUri(), "ES256"),
            new TokenIssuerSettings(
                "https://other.test/",
                TestIssuer.AUDIENCE,
                otherKeys.toUri(),
                Set.of("ES256"),
                "client_id",
                Duration.ZERO));
    var claims = TestIssuer.claims(clock.instant());
    claims.put("iss", "https://other.test/");
    claims.put("client_id", "alice");
    var header = TestIssuer.header("ES256", "ec-1");
    assertThat(accepted(TestIssuer.token(other, header, claims)).account()).isEqualTo("alice");
    refused("bad-signature", TestIssuer.token(EC, header, claims));
    refused("bad-signature", TestIssuer.token(other, clock.instant()));
  }

  @Test
  void aTokenThatWasAcceptedIsRefusedOnceItExpires() {
    String token = TestIssuer.token(EC, clock.instant());
    accepted(token);
    clock.advance(Duration.ofMinutes(5).plusSeconds(SKEW - 1));
    accepted(token);
    clock.advance(Duration.ofSeconds(1));
    refused("expired-token", token);
  }
}
