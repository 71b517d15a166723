package dev.portcullis.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.CredentialKind;
import dev.portcullis.crypto.KeyedHash;
import dev.portcullis.crypto.PasswordHash;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/**
 * Credentials in the relational store, read from an immutable snapshot that is swapped whole at
 * every change. What another process changed in the store is seen after {@link #reload}.
 */
public final class StoredCredentials implements Credentials {
  private static final byte[] NO_HASH = new byte[32];

  private final Map<String, AccountSettings> accounts;
  private final CredentialTable table;
  private final KeyedHash hash;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock writing = new ReentrantLock();
  private final String hashOfNobody;
  private volatile Snapshot snapshot;

  /**
   * Reads what is there; blocks.
   *
   * @param accounts as configured: their names and scopes
   * @param hash of API keys at rest
   */
  public StoredCredentials(
      List<AccountSettings> accounts, Jdbi jdbi, KeyedHash hash, InstantSource clock) {
    this.accounts =
        accounts.stream()
            .collect(Collectors.toUnmodifiableMap(AccountSettings::name, Function.identity()));
    this.table = new CredentialTable(jdbi);
    this.hash = hash;
    this.clock = clock;
    this.hashOfNobody = PasswordHash.of(ApiKeyFormat.newId(random).toCharArray());
    this.snapshot = Snapshot.of(table.all(), this.accounts, 0);
  }

  @Override
  public IssuedKey issueApiKey(String account, Optional<Instant> expiresAt) {
    requireAccount(account);
    writing.lock();
    try {
      String id = ApiKeyFormat.newId(random);
      while (snapshot.keys().containsKey(id)) {
        id = ApiKeyFormat.newId(random);
      }
      String secret = ApiKeyFormat.newKey(id, random);
      var credential =
          new Credential(
              Snapshot.credentialId(id),
              account,
              CredentialKind.API_KEY,
              now(),
              expiresAt.map(at -> at.truncatedTo(ChronoUnit.MILLIS)));
      table.insert(
          new CredentialTable.Row(
              credential, HexFormat.of().formatHex(hash.hash(secret.getBytes(US_ASCII)))));
      reload();
      return new IssuedKey(credential, secret);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Credential setPassword(String account, char[] password) {
    requireAccount(account);
    String encoded = PasswordHash.of(Passwords.acceptable(password));
    writing.lock();
    try {
      var credential =
          new Credential(
              "password-" + account, account, CredentialKind.PASSWORD, now(), Optional.empty());
      table.replace(new CredentialTable.Row(credential, encoded));
      reload();
      return credential;
    } finally {
      writing.unlock();
    }
  }

  /** Reads the store again, for what another process wrote there; blocks. */
  public void reload() {
    writing.lock();
    try {
      snapshot = Snapshot.of(table.all(), accounts, snapshot.revision() + 1);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public List<Credential> list() {
    return snapshot.credentials();
  }

  @Override
  public KeyAnswer checkApiKey(String presented) {
    Optional<String> id = ApiKeyFormat.idOf(presented);
    if (id.isEmpty()) {
      return new KeyAnswer.Unknown("malformed-key", Optional.empty());
    }
    var stored = Optional.ofNullable(snapshot.keys().get(id.get()));
    // an unknown id takes the same steps as a known one
    boolean isRight =
        MessageDigest.isEqual(
            hash.hash(presented.getBytes(US_ASCII)),
            stored.map(Snapshot.StoredKey::hash).orElse(NO_HASH));
    if (stored.isEmpty() || !isRight) {
      return new KeyAnswer.Unknown("unknown-key", Optional.empty());
    }
    var key = stored.get();
    if (key.hasExpired(clock.instant())) {
      return new KeyAnswer.Unknown("expired-key", Optional.of(key.account()));
    }
    return key.principal()
        .<KeyAnswer>map(KeyAnswer.Known::new)
        .orElseGet(() -> new KeyAnswer.Unknown("unknown-account", Optional.of(key.account())));
  }

  @Override
  public Optional<Principal> byPassword(String account, char[] password) {
    if (password.length > Passwords.MAX_LENGTH) {
      return Optional.empty();
    }
    var stored = Optional.ofNullable(snapshot.passwords().get(account));
    boolean isRight =
        PasswordHash.matches(
            Passwords.normal(password),
            stored.map(Snapshot.StoredPassword::hash).orElse(hashOfNobody));
    return isRight ? stored.map(Snapshot.StoredPassword::principal) : Optional.empty();
  }

  @Override
  public long revision() {
    return snapshot.revision();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private void requireAccount(String account) {
    if (!accounts.containsKey(account)) {
      throw new IllegalArgumentException(
          "There is no account \"%s\" (configured: %s): add it under accounts"
              .formatted(account, String.join(", ", accounts.keySet().stream().sorted().toList())));
    }
  }
}
