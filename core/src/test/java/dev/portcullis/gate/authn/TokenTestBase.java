package dev.portcullis.gate.authn;

import static dev.portcullis.gate.testing.Requests.decide;
import static dev.portcullis.gate.testing.Requests.refusal;
import static dev.portcullis.gate.testing.Requests.request;
import static dev.portcullis.gate.testing.Requests.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.AuthenticationSettings;
import dev.portcullis.config.CredentialKind;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.config.TokenIssuerSettings;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.gate.Control.Decision;
import dev.portcullis.gate.GateRequest;
import dev.portcullis.identity.Principal;
import dev.portcullis.identity.StoredCredentials;
import dev.portcullis.identity.testing.HandMovedClock;
import dev.portcullis.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A route that takes tokens of one issuer whose keys lie in a file. */
abstract class TokenTestBase {
  static final RouteSettings TOKENS = route(CredentialKind.TOKEN);
  static final List<AccountSettings> ACCOUNTS =
      List.of(new AccountSettings("alice", Set.of(), false));

  final HandMovedClock clock = new HandMovedClock();
  final KeyedHash sessions = KeyedHash.ephemeral();
  @TempDir Path directory;
  Store store;
  AuthenticationControl control;

  @BeforeEach
  void open() {
    publish(TestIssuer.keySet(TestIssuer.RSA, TestIssuer.EC, TestIssuer.ED));
    store = Store.open(directory.resolve("state"));
    control = control(TestIssuer.settings(keyFile().toUri(), "RS256", "ES256", "EdDSA"));
  }

  @AfterEach
  void close() {
    control.close();
    store.close();
  }

  final Path keyFile() {
    return directory.resolve("keys.json");
  }

  final void publish(String keySet) {
    try {
      Files.writeString(keyFile(), keySet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  final StoredCredentials credentials() {
    return new StoredCredentials(
        ACCOUNTS,
        store.jdbi(),
        Keyring.open(directory.resolve("secrets")).keyedHash("api-keys"),
        clock);
  }

  final AuthenticationControl control(TokenIssuerSettings... issuers) {
    return new AuthenticationControl(
        new AuthenticationSettings(List.of(issuers)), ACCOUNTS, credentials(), sessions, clock);
  }

  static GateRequest bearing(String token) {
    return request(TOKENS, "192.0.2.1", "Authorization", "Bearer " + token);
  }

  final Principal accepted(String token) {
    var request = bearing(token);
    assertThat(decide(control, request)).isEqualTo(Decision.PASS);
    return request.principal().orElseThrow();
  }

  /** Refused for that reason, which the client can't tell from any other. */
  final void refused(String reason, String token) {
    var request = bearing(token);
    var refusal = refusal(control, request);
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal.status()).isEqualTo(401);
    assertThat(refusal.title()).isEqualTo("Unauthorized");
    assertThat(refusal.headers()).isEqualTo(Map.of("WWW-Authenticate", "Bearer realm=\"api\""));
    assertThat(request.principal()).isEmpty();
  }

  final String withHeader(JWK key, Consumer<Map<String, Object>> change) {
    var header = TestIssuer.header(key.getAlgorithm().getName(), key.getKeyID());
    change.accept(header);
    return TestIssuer.token(key, header, TestIssuer.claims(clock.instant()));
  }

  final String withClaims(Consumer<Map<String, Object>> change) {
    var claims = TestIssuer.claims(clock.instant());
    change.accept(claims);
    return TestIssuer.token(TestIssuer.EC, TestIssuer.header("ES256", "ec-1"), claims);
  }
}
