package dev.portcullis.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.portcullis.crypto.CryptoException;
import dev.portcullis.crypto.DeterministicCipher;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Pseudonyms by AES-SIV (RFC 5297): the synthetic IV is a keyed hash of the subject, which makes
 * equal subjects equal; the ciphertext behind it makes them recoverable. One key links all people,
 * so that no single one can be forgotten: journals that were begun with it are taken over by {@code
 * journal.vault}. Thread-safe.
 */
public final class SivPseudonyms implements Pseudonyms {
  /** Subjects kept at hand, in clear, in memory alone. */
  static final int CACHED = 65_536;

  /** Longer ones aren't kept, which bounds the memory. */
  static final int MAX_CACHED_LENGTH = 128;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final DeterministicCipher cipher;
  private final Cache<String, Pseudonym> cache =
      Caffeine.newBuilder().maximumSize(CACHED).executor(Runnable::run).build();

  /** Under that key; without it nobody can make or reveal one. */
  public SivPseudonyms(DeterministicCipher cipher) {
    this.cipher = cipher;
  }

  @Override
  public Pseudonym of(String subject) {
    return subject.length() > MAX_CACHED_LENGTH ? make(subject) : cache.get(subject, this::make);
  }

  private Pseudonym make(String subject) {
    byte[] sealed = cipher.encrypt(subject.getBytes(StandardCharsets.UTF_8));
    return new Pseudonym(ENCODER.encodeToString(sealed));
  }

  @Override
  public Revealed reveal(Pseudonym pseudonym) {
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(pseudonym.value());
      return new Revealed.Known(new String(cipher.decrypt(sealed), StandardCharsets.UTF_8));
    } catch (CryptoException | IllegalArgumentException e) {
      return new Revealed.Unknown();
    }
  }
}
