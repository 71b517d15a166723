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

  /**
   * Sets the account's password (Argon2id at rest).
   *
   * @throws IllegalArgumentException when there is no such account or the password is too short or
   *     too long
   */
  Credential setPassword(String account, char[] password);

  /** All of them. */
  List<Credential> list();

  /** Whom that API key authenticates, or why nobody; constant time in the secret, no I/O. */
  KeyAnswer checkApiKey(String presented);

  /** What an API key says. */
  sealed interface KeyAnswer {
    /** It authenticates. */
    record Known(Principal principal) implements KeyAnswer {}

    /**
     * It does not.
     *
     * @param reason for the journal: {@code malformed-key} (a typing mistake, found offline),
     *     {@code unknown-key}, {@code expired-key}, {@code unknown-account}
     * @param account whose key it was, where the secret was right
     */
    record Unknown(String reason, Optional<String> account) implements KeyAnswer {}
  }

  /** Whom that API key authenticates; constant time in the secret, no I/O. */
  default Optional<Principal> byApiKey(String presented) {
    return checkApiKey(presented) instanceof KeyAnswer.Known known
        ? Optional.of(known.principal())
        : Optional.empty();
  }

  /**
   * Whom that password authenticates. Takes tens of milliseconds of CPU, as long for an unknown
   * account as for a known one: never on an event loop.
   */
  Optional<Principal> byPassword(String account, char[] password);

  /**
   * Grows with every change: whoever remembers a result of {@link #byPassword} forgets it when this
   * has grown.
   */
  long revision();
}
