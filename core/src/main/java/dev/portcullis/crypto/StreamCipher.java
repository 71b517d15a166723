package dev.portcullis.crypto;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.StreamingAead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/**
 * Authenticated encryption of streams: a truncated or altered one fails while it is read.
 * Thread-safe.
 */
public final class StreamCipher {
  private final StreamingAead cipher;
  private final byte[] context;

  StreamCipher(KeysetHandle keys, String purpose) {
    try {
      cipher = keys.getPrimitive(Keyring.configuration(), StreamingAead.class);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("The key for " + purpose + " is unusable: " + e.getMessage(), e);
    }
    context = Keyring.context(purpose);
  }

  /**
   * What is written there is encrypted into the target; closing it completes the ciphertext and
   * closes the target.
   */
  public OutputStream encrypting(OutputStream target) throws IOException {
    try {
      return cipher.newEncryptingStream(target, context);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("Encryption can't start: " + e.getMessage(), e);
    }
  }

  /**
   * The text; reading throws {@link IOException} where the ciphertext was altered, cut off, or made
   * with another key.
   */
  public InputStream decrypting(InputStream ciphertext) throws IOException {
    try {
      return cipher.newDecryptingStream(ciphertext, context);
    } catch (GeneralSecurityException e) {
      throw new CryptoException("Decryption can't start: " + e.getMessage(), e);
    }
  }
}
