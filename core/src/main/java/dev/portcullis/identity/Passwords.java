package dev.portcullis.identity;

import java.nio.CharBuffer;
import java.text.Normalizer;

/**
 * Rules for passwords that people choose: length (NIST SP 800-63B asks for 8 or more) and one
 * spelling of each character (RFC 8265 OpaqueString: Unicode NFC), so that a password typed on
 * another keyboard is the same password.
 */
final class Passwords {
  static final int MIN_LENGTH = 8; // characters
  static final int MAX_LENGTH = 1024; // characters: hashing costs by length, too

  private Passwords() {}

  /**
   * As it is hashed.
   *
   * @throws IllegalArgumentException if it is too short or too long to be set
   */
  static char[] acceptable(char[] password) {
    if (password.length < MIN_LENGTH || password.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "A password of %d characters (expected: %d to %d): choose another one"
              .formatted(password.length, MIN_LENGTH, MAX_LENGTH));
    }
    return normal(password);
  }

  /** As it is hashed. */
  static char[] normal(char[] password) {
    var text = CharBuffer.wrap(password);
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? password
        : Normalizer.normalize(text, Normalizer.Form.NFC).toCharArray();
  }
}
