package dev.portcullis.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption: each text under an AES-256-GCM key of its own (NIST SP 800-38D), which lies
 * in front of the ciphertext, wrapped under this keyset. Who destroys that wrapped key has
 * destroyed the text, even for those who hold the keyset. Thread-safe.
 */
public final class EnvelopeCipher {
  private static final int KEY_BYTES = 32;
  private static final int TAG_BITS = 128;

  /** Tink's prefix, nonce, key, tag. */
  static final int WRAPPED_BYTES = 5 + 12 + KEY_BYTES + TAG_BITS / 8;

  /** A nonce may be constant where its key is used once. */
  private static final byte[] ONLY_NONCE = new byte[12];

  private final Aead wrapping;
  private final byte[] purpose;
  private final SecureRandom random = new SecureRandom();

  EnvelopeCipher(KeysetHandle keys, String purpose) {
    try {
      wrapping = keys.getPrimitive(Keyring.configuration(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("The key for " + purpose + " is unusable: " + e.getMessage(), e);
    }
    this.purpose = Keyring.context(purpose);
  }

  /**
   * The wrapped key and the ciphertext: 81 bytes longer than the text.
   *
   * @param context what the text belongs to; it opens only with the same
   */
  public byte[] seal(byte[] text, byte[] context) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    try {
      byte[] wrapped = wrapping.encrypt(key, purpose);
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, key, context).doFinal(text);
      byte[] sealed = Arrays.copyOf(wrapped, wrapped.length + ciphertext.length);
      System.arraycopy(ciphertext, 0, sealed, wrapped.length, ciphertext.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new CryptoException("Encryption failed: " + e.getMessage(), e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * The text.
   *
   * @throws CryptoException if it was not sealed under this keyset, purpose and context, or was
   *     altered
   */
  public byte[] open(byte[] sealed, byte[] context) {
    if (sealed.length < WRAPPED_BYTES) {
      throw new CryptoException(
          "Sealed with %d bytes (expected: %d or more)".formatted(sealed.length, WRAPPED_BYTES));
    }
    try {
      byte[] key = wrapping.decrypt(Arrays.copyOf(sealed, WRAPPED_BYTES), purpose);
      return cipher(Cipher.DECRYPT_MODE, key, context)
          .doFinal(sealed, WRAPPED_BYTES, sealed.length - WRAPPED_BYTES);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("Not sealed under this key, or altered", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] context)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, ONLY_NONCE));
    cipher.updateAAD(context);
    return cipher;
  }

  @Override
  public String toString() {
    return "EnvelopeCipher";
  }
}
