package dev.portcullis.journal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Leaf and node hashes of RFC 6962 section 2.1 (SHA-256). Not thread-safe. */
final class MerkleHash {
  static final int BYTES = 32;
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256 = sha256();

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new JournalException("This Java has no SHA-256: use another one", e);
    }
  }

  /** Hashes type and payload of a record. */
  void leaf(byte[] body, int from, int length, byte[] target, int at) {
    sha256.update(LEAF);
    sha256.update(body, from, length);
    digest(target, at);
  }

  /** Target may be one of the children. */
  void node(byte[] left, byte[] right, byte[] target) {
    sha256.update(NODE);
    sha256.update(left, 0, BYTES);
    sha256.update(right, 0, BYTES);
    digest(target, 0);
  }

  /** Root of a complete subtree: a power of two of hashes, one after the other; overwrites them. */
  static byte[] fold(MerkleHash hash, byte[] level, int leaves) {
    byte[] left = new byte[BYTES];
    byte[] right = new byte[BYTES];
    for (int count = leaves; count > 1; count /= 2) {
      for (int i = 0; i < count / 2; i++) {
        System.arraycopy(level, 2 * i * BYTES, left, 0, BYTES);
        System.arraycopy(level, (2 * i + 1) * BYTES, right, 0, BYTES);
        hash.node(left, right, left);
        System.arraycopy(left, 0, level, i * BYTES, BYTES);
      }
    }
    return java.util.Arrays.copyOf(level, BYTES);
  }

  byte[] empty() {
    return sha256.digest();
  }

  private void digest(byte[] target, int at) {
    try {
      sha256.digest(target, at, BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("32 bytes are enough for SHA-256", e);
    }
  }
}
