package dev.portcullis.recover;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a sequence of values. Each value is written with its type and length, so that two
 * different sequences are never the same bytes.
 */
final class Canonical {
  private final MessageDigest digest = sha256();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  void text(String value) {
    bytes('t', value.getBytes(StandardCharsets.UTF_8));
  }

  void integer(long value) {
    digest.update((byte) 'i');
    raw(value);
  }

  void real(double value) {
    digest.update((byte) 'd');
    raw(Double.doubleToLongBits(value));
  }

  void blob(byte[] value) {
    bytes('b', value);
  }

  void absent() {
    digest.update((byte) 'n');
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private void bytes(char type, byte[] value) {
    digest.update((byte) type);
    raw(value.length);
    digest.update(value);
  }

  private void raw(long value) {
    number.clear();
    digest.update(number.putLong(value).flip());
  }
}
