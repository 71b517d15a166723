package dev.portcullis.journal;

import java.util.Base64;
import java.util.Optional;

/** A pseudonym as the bytes behind its base64url, a quarter shorter than the text. */
final class PseudonymCodec {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private PseudonymCodec() {}

  /** Length doubled, plus one when raw bytes follow; else the text in UTF-8. */
  static void encode(Pseudonym pseudonym, ByteSink out) {
    Optional<byte[]> raw = raw(pseudonym.value());
    byte[] bytes =
        raw.orElseGet(() -> pseudonym.value().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    out.putVarint(((long) bytes.length << 1) | (raw.isPresent() ? 1 : 0));
    out.put(bytes, 0, bytes.length);
  }

  static Pseudonym decode(ByteSource in) {
    long head = in.getVarint();
    long length = head >>> 1;
    if (length > in.remaining()) {
      throw new JournalException(
          "A pseudonym of %d bytes with %d left (expected: no more)"
              .formatted(length, in.remaining()));
    }
    byte[] bytes = in.get((int) length);
    return new Pseudonym(
        (head & 1) == 1
            ? ENCODER.encodeToString(bytes)
            : new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
  }

  /** Only if they would give the very same text back. */
  private static Optional<byte[]> raw(String value) {
    try {
      byte[] bytes = DECODER.decode(value);
      return ENCODER.encodeToString(bytes).equals(value) ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
