package dev.portcullis.journal;

import dev.portcullis.crypto.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A witness's public key, and what it says with it: C2SP {@code tlog-cosignature}, Ed25519. */
final class WitnessKey {
  private static final int TIME_BYTES = 8;
  private static final int SIGNATURE_BYTES = 64;

  /** In the year 9999: a later time is none. */
  private static final long MAX_SECONDS = 253_402_300_799L;

  private final VerifierKey key;

  private WitnessKey(VerifierKey key) {
    this.key = key;
  }

  /** Throws {@link JournalException} for what is not such a key. */
  static WitnessKey parse(String vkey) {
    return new WitnessKey(VerifierKey.parseWitness(vkey));
  }

  String name() {
    return key.name();
  }

  /** Whether that line of a note is said to be this witness's. */
  boolean isNamed(String line) {
    return key.signature(line).isPresent();
  }

  /** When it signed that text with that line; empty if it did not. */
  Optional<Instant> signed(String text, String line) {
    return key.signature(line)
        .filter(signature -> signature.length == TIME_BYTES + SIGNATURE_BYTES)
        .flatMap(signature -> verify(text, ByteBuffer.wrap(signature)));
  }

  private Optional<Instant> verify(String text, ByteBuffer timed) {
    long seconds = timed.getLong();
    byte[] signature = new byte[SIGNATURE_BYTES];
    timed.get(signature);
    if (seconds <= 0 || seconds > MAX_SECONDS) {
      return Optional.empty();
    }
    byte[] message =
        ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    return SigningKey.verify(key.publicKey(), message, signature)
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }
}
