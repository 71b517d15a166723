package dev.portcullis.journal.vault;

import dev.portcullis.journal.Pseudonym;
import java.util.Base64;
import java.util.Optional;

/** A pseudonym as the bytes behind its base64url. */
final class PseudonymBytes {
  /** Of a fresh one: 11 characters. */
  static final int LENGTH = 8;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private PseudonymBytes() {}

  static Pseudonym pseudonym(byte[] bytes) {
    return new Pseudonym(ENCODER.encodeToString(bytes));
  }

  /** Empty when its text is none of a vault's. */
  static Optional<byte[]> of(Pseudonym pseudonym) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(pseudonym.value()));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
