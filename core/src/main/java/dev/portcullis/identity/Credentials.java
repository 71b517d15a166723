package dev.portcullis.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * API keys and passwords of the configured accounts. Issuing blocks; checking an API key never
 * does.
 */
public interface Credentials {
  /**
   * A new API key. The secret is shown this once; at rest there is only its keyed hash.
   *
   * @throws IllegalArgumentException when there is no such account
   */
  IssuedKey issueApiKey(String account, Optional<Instant> expiresAt);

  /** A new key and its secret. */
  record IssuedKey(Credential credential, String secret) {
    @Override
    public String toString() {
      return "IssuedKey[" + credential.id() + "]";
    }
  }

  /** Sets the account's password (Argon2id at rest). */
  Credential setPassword(String account, char[] password);

  /** All of them. */
  List<Credential> list();

  /** Whom that API key authenticates; constant time in the secret, no I/O. */
  Optional<Principal> byApiKey(String presented);

  /**
   * Whom that password authenticates. Takes tens of milliseconds of CPU: never on an event loop.
   */
  Optional<Principal> byPassword(String account, char[] password);
}
