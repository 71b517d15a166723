package dev.portcullis.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.CredentialKind;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.identity.Credentials.KeyAnswer;
import dev.portcullis.identity.testing.HandMovedClock;
import dev.portcullis.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredCredentialsTest {
  private static final AccountSettings ALICE =
      new AccountSettings("alice", Set.of("patients:read"), false);
  private static final AccountSettings BOB = new AccountSettings("bob", Set.of(), false);

  private final HandMovedClock clock = new HandMovedClock();
  @TempDir Path directory;
  private Store store;
  private KeyedHash hash;
  private StoredCredentials credentials;

  @BeforeEach
  void open() {
    store = Store.open(directory);
    hash = Keyring.open(directory.resolve("keys")).keyedHash("api-keys");
    credentials = with(ALICE, BOB);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private StoredCredentials with(AccountSettings... accounts) {
    return new StoredCredentials(List.of(accounts), store.jdbi(), hash, clock);
  }

  @Test
  void aNewKeyAuthenticatesItsAccountAtOnceAndAfterARestart() {
    var issued = credentials.issueApiKey("alice", Optional.empty());
    var expected =
        new Principal(
            issued.credential().id(), "alice", CredentialKind.API_KEY, Set.of("patients:read"));
    assertThat(credentials.byApiKey(issued.secret())).contains(expected);
    assertThat(with(ALICE, BOB).byApiKey(issued.secret())).contains(expected);
    assertThat(issued.credential().id()).matches("key-[0-9a-f]{8}");
  }

  @Test
  void severalKeysOfOneAccountWorkSideBySide() {
    var first = credentials.issueApiKey("alice", Optional.empty());
    var second = credentials.issueApiKey("alice", Optional.empty());
    assertThat(credentials.byApiKey(first.secret())).isPresent();
    assertThat(credentials.byApiKey(second.secret())).isPresent();
    assertThat(credentials.list())
        .containsExactlyInAnyOrder(first.credential(), second.credential());
  }

  @Test
  void neitherKeyNorPasswordLiesReadableInTheStore() throws Exception {
    String secret = credentials.issueApiKey("alice", Optional.empty()).secret();
    credentials.setPassword("alice", "correct horse battery".toCharArray());
    store.close();
    try (var files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain(secret).doesNotContain("correct horse battery");
        assertThat(bytes).doesNotContain(secret.substring(12, 44));
      }
    }
  }

  @Test
  void aKeyIsWorthNothingUnderAnotherNodesHashKey() {
    String secret = credentials.issueApiKey("alice", Optional.empty()).secret();
    var elsewhere =
        new StoredCredentials(
            List.of(ALICE),
            store.jdbi(),
            Keyring.open(directory.resolve("other")).keyedHash("api-keys"),
            clock);
    assertThat(elsewhere.byApiKey(secret)).isEmpty();
  }

  @Test
  void aKeyOfTheRightIdAndAnotherSecretIsUnknown() {
    var issued = credentials.issueApiKey("alice", Optional.empty());
    String forged =
        ApiKeyFormat.newKey(
            issued.credential().id().substring("key-".length()), new java.security.SecureRandom());
    assertThat(credentials.checkApiKey(forged))
        .isEqualTo(new KeyAnswer.Unknown("unknown-key", Optional.empty()));
    assertThat(credentials.checkApiKey(issued.secret() + "x"))
        .isEqualTo(new KeyAnswer.Unknown("malformed-key", Optional.empty()));
  }

  @Test
  void aKeyStopsAtItsExpiry() {
    var expiry = clock.instant().plus(Duration.ofHours(1));
    var issued = credentials.issueApiKey("alice", Optional.of(expiry));
    clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(credentials.byApiKey(issued.secret())).isPresent();
    clock.advance(Duration.ofMillis(1));
    assertThat(credentials.checkApiKey(issued.secret()))
        .isEqualTo(new KeyAnswer.Unknown("expired-key", Optional.of("alice")));
    assertThat(issued.credential().expiresAt()).contains(expiry);
  }

  @Test
  void credentialsOfAnAccountThatIsNoLongerConfiguredAuthenticateNobody() {
    String secret = credentials.issueApiKey("bob", Optional.empty()).secret();
    credentials.setPassword("bob", "correct horse".toCharArray());
    var without = with(ALICE);
    assertThat(without.checkApiKey(secret))
        .isEqualTo(new KeyAnswer.Unknown("unknown-account", Optional.of("bob")));
    assertThat(without.byPassword("bob", "correct horse".toCharArray())).isEmpty();
    assertThatThrownBy(() -> without.issueApiKey("bob", Optional.empty()))
        .hasMessageContaining("no account \"bob\" (configured: alice)");
  }

  @Test
  void aPasswordAuthenticatesUntilAnotherOneIsSet() {
    credentials.setPassword("alice", "first password".toCharArray());
    long before = credentials.revision();
    assertThat(credentials.byPassword("alice", "first password".toCharArray()))
        .map(Principal::credential)
        .contains("password-alice");
    credentials.setPassword("alice", "second password".toCharArray());
    assertThat(credentials.byPassword("alice", "first password".toCharArray())).isEmpty();
    assertThat(credentials.byPassword("alice", "second password".toCharArray())).isPresent();
    assertThat(credentials.byPassword("nobody", "second password".toCharArray())).isEmpty();
    assertThat(credentials.list()).hasSize(1);
    assertThat(credentials.revision()).isGreaterThan(before);
  }

  @Test
  void aPasswordIsTheSameHoweverItsAccentsAreTyped() {
    credentials.setPassword("alice", "caf\u00e9 au lait".toCharArray());
    assertThat(credentials.byPassword("alice", "cafe\u0301 au lait".toCharArray())).isPresent();
  }

  @Test
  void aShortPasswordIsNotSet() {
    assertThatThrownBy(() -> credentials.setPassword("alice", "short".toCharArray()))
        .hasMessageContaining("5 characters (expected: 8 to 1024)");
  }

  @Test
  void whatAnotherProcessIssuedIsSeenAfterAReload() {
    String secret = with(ALICE).issueApiKey("alice", Optional.empty()).secret();
    assertThat(credentials.byApiKey(secret)).isEmpty();
    credentials.reload();
    assertThat(credentials.byApiKey(secret)).isPresent();
  }
}
