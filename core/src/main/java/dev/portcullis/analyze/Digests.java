package dev.portcullis.analyze;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Short names for what is not to be shown. */
final class Digests {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Digests() {}

  /** Eight characters that stand for the text. */
  static String shortOf(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return BASE64.encodeToString(Arrays.copyOf(digest, 6));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Eleven characters that stand for the fingerprint. */
  static String text(long fingerprint) {
    return BASE64.encodeToString(ByteBuffer.allocate(8).putLong(fingerprint).array());
  }
}
