package dev.portcullis.crypto;

import com.google.crypto.tink.DeterministicAead;
import com.google.crypto.tink.KeysetHandle;
import java.security.GeneralSecurityException;

/** AES-SIV under one keyset: the same text gives the same ciphertext. Thread-safe. */
public final class DeterministicCipher {
  private final DeterministicAead cipher;
  private final byte[] context;

  DeterministicCipher(KeysetHandle keys, String purpose) {
    try {
      cipher = keys.getPrimitive(Keyring.configuration(), DeterministicAead.class);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("The key for " + purpose + " is unusable: " + e.getMessage(), e);
    }
    context = Keyring.context(purpose);
  }

  /** The ciphertext: 21 bytes longer than the text (5 name the key, 16 are the synthetic IV). */
  public byte[] encrypt(byte[] text) {
    try {
      return cipher.encryptDeterministically(text, context);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("Encryption failed: " + e.getMessage(), e);
    }
  }

  /**
   * The text.
   *
   * @throws CryptoException if it was not encrypted under this keyset and purpose, or was altered
   */
  public byte[] decrypt(byte[] ciphertext) {
    try {
      return cipher.decryptDeterministically(ciphertext, context);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("Not encrypted under this key, or altered", e);
    }
  }
}
