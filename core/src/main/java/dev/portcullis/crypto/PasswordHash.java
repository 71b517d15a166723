package dev.portcullis.crypto;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with 19 MiB, 2 passes, 1 lane: the OWASP Password Storage Cheat Sheet's first
 * choice. Encoded as a PHC string. Takes tens of milliseconds of CPU: never on an event loop.
 */
public final class PasswordHash {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String PREFIX =
      "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(MEMORY_KIB, PASSES, LANES);

  private PasswordHash() {}

  /** The encoded hash of that password under a fresh salt. */
  public static String of(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    var base64 = Base64.getEncoder().withoutPadding();
    return PREFIX
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(derive(password, salt));
  }

  /**
   * Whether that is the password behind the encoded hash, compared in constant time.
   *
   * @throws CryptoException if the encoded hash was not made here
   */
  public static boolean matches(char[] password, String encoded) {
    String[] parts =
        encoded.startsWith(PREFIX)
            ? encoded.substring(PREFIX.length()).split("\\$")
            : new String[0];
    if (parts.length != 2) {
      throw new CryptoException("Not an Argon2id hash of this version: set the password again");
    }
    byte[] salt = Base64.getDecoder().decode(parts[0]);
    return MessageDigest.isEqual(derive(password, salt), Base64.getDecoder().decode(parts[1]));
  }

  private static byte[] derive(char[] password, byte[] salt) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(MEMORY_KIB)
            .withIterations(PASSES)
            .withParallelism(LANES)
            .withSalt(salt)
            .build());
    var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(bytes, hash);
    Arrays.fill(bytes, (byte) 0);
    return hash;
  }
}
