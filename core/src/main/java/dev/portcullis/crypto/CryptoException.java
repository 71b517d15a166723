package dev.portcullis.crypto;

/**
 * A key or a ciphertext is unusable; the message names the place and the way out, never a secret.
 */
public final class CryptoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the message for people. */
  public CryptoException(String message) {
    super(message);
  }

  /** With the message for people and the cause. */
  public CryptoException(String message, Throwable cause) {
    super(message, cause);
  }
}
