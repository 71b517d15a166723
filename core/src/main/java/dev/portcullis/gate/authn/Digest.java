package dev.portcullis.gate.authn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** 256 bits as a key of a map. */
record Digest(long first, long second, long third, long fourth) {
  static Digest of(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    return new Digest(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }

  static Digest sha256(byte[] text) {
    try {
      return of(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  static Digest sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first 16 hexadecimal digits. */
  String shortHex() {
    return HexFormat.of().toHexDigits(first);
  }
}
