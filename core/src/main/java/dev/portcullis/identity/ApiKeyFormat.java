package dev.portcullis.identity;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * How an API key is written: {@code pc_<id>_<secret>_<checksum>}. The prefix lets secret scanners
 * recognise it, the id (8 hexadecimal digits) finds it, the secret (32 base-62 digits, 190 bits)
 * proves it, and the checksum (CRC-32 of all before it, 6 base-62 digits) refuses typing mistakes
 * without a look-up. CRC-32 finds every error within 32 bits: each changed character, each swapped
 * pair of neighbours.
 */
final class ApiKeyFormat {
  static final String PREFIX = "pc_";
  static final int ID_LENGTH = 8;
  static final int SECRET_LENGTH = 32;
  static final int CHECKSUM_LENGTH = 6;
  static final int LENGTH = PREFIX.length() + ID_LENGTH + 1 + SECRET_LENGTH + 1 + CHECKSUM_LENGTH;

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_START = PREFIX.length();
  private static final int ID_END = ID_START + ID_LENGTH;
  private static final int SECRET_END = ID_END + 1 + SECRET_LENGTH;

  private ApiKeyFormat() {}

  /** A fresh key under that id. */
  static String newKey(String id, SecureRandom random) {
    var text = new StringBuilder(LENGTH).append(PREFIX).append(id).append('_');
    for (int i = 0; i < SECRET_LENGTH; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.append('_').append(checksum(text.substring(0, SECRET_END))).toString();
  }

  /** A fresh id. */
  static String newId(SecureRandom random) {
    byte[] bytes = new byte[ID_LENGTH / 2];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The id in a well-written key; empty for anything else. */
  static Optional<String> idOf(String key) {
    if (key.length() != LENGTH
        || !key.startsWith(PREFIX)
        || key.charAt(ID_END) != '_'
        || key.charAt(SECRET_END) != '_') {
      return Optional.empty();
    }
    for (int i = ID_START; i < LENGTH; i++) {
      if (i != ID_END && i != SECRET_END && DIGITS.indexOf(key.charAt(i)) < 0) {
        return Optional.empty();
      }
    }
    return key.substring(SECRET_END + 1).equals(checksum(key.substring(0, SECRET_END)))
        ? Optional.of(key.substring(ID_START, ID_END))
        : Optional.empty();
  }

  private static String checksum(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECKSUM_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(digits);
  }
}
