package dev.portcullis.identity;

import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.CredentialKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All credentials at one moment, immutable, so that the request path reads them without a lock.
 *
 * @param credentials as listed to people
 * @param keys by the id in the key
 * @param passwords by account
 * @param revision grows with every change
 */
record Snapshot(
    List<Credential> credentials,
    Map<String, StoredKey> keys,
    Map<String, StoredPassword> passwords,
    long revision) {

  private static final String KEY_ID_PREFIX = "key-";

  static Snapshot of(
      List<CredentialTable.Row> rows, Map<String, AccountSettings> accounts, long revision) {
    var keys = new HashMap<String, StoredKey>();
    var passwords = new HashMap<String, StoredPassword>();
    for (var row : rows) {
      var credential = row.credential();
      // a credential outlives its account's line in the configuration, but authenticates nobody
      var principal =
          Optional.ofNullable(accounts.get(credential.account()))
              .map(account ->
                  new Principal(
                      credential.id(), account.name(), credential.kind(), account.scopes()));
      if (credential.kind() == CredentialKind.API_KEY) {
        keys.put(
            credential.id().substring(KEY_ID_PREFIX.length()),
            new StoredKey(
                HexFormat.of().parseHex(row.hash()),
                credential.account(),
                principal,
                credential.expiresAt()));
      } else {
        principal.ifPresent(
            who -> passwords.put(credential.account(), new StoredPassword(row.hash(), who)));
      }
    }
    return new Snapshot(
        rows.stream().map(CredentialTable.Row::credential).toList(),
        Map.copyOf(keys),
        Map.copyOf(passwords),
        revision);
  }

  static String credentialId(String keyId) {
    return KEY_ID_PREFIX + keyId;
  }

  /** An API key at rest. */
  static final class StoredKey {
    private final byte[] hash;
    private final String account;
    private final Optional<Principal> principal;
    private final Optional<Instant> expiresAt;

    StoredKey(
        byte[] hash, String account, Optional<Principal> principal, Optional<Instant> expiresAt) {
      this.hash = hash;
      this.account = account;
      this.principal = principal;
      this.expiresAt = expiresAt;
    }

    byte[] hash() {
      return hash;
    }

    String account() {
      return account;
    }

    /** Empty when the account is no longer configured. */
    Optional<Principal> principal() {
      return principal;
    }

    boolean hasExpired(Instant now) {
      return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }
  }

  /** A password at rest. */
  record StoredPassword(String hash, Principal principal) {
    @Override
    public String toString() {
      return "StoredPassword[" + principal.account() + "]";
    }
  }
}
