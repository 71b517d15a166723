package dev.portcullis.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one key. Thread-safe. */
public final class KeyedHash {
  private final Mac keyed;

  KeyedHash(byte[] key) {
    try {
      keyed = Mac.getInstance("HmacSHA256");
      keyed.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new CryptoException("This Java has no HmacSHA256: " + e.getMessage(), e);
    }
  }

  /**
   * Under a fresh random key that lives only in this process: for keys of caches whose dump must
   * help nobody.
   */
  public static KeyedHash ephemeral() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new KeyedHash(key);
  }

  /** 32 bytes. */
  public byte[] hash(byte[] input) {
    try {
      // a clone spares the key schedule and needs no lock
      return ((Mac) keyed.clone()).doFinal(input);
    } catch (CloneNotSupportedException e) {
      throw new CryptoException("This Java's HmacSHA256 can't be cloned", e);
    }
  }

  @Override
  public String toString() {
    return "KeyedHash";
  }
}
