package dev.portcullis.journal;

import dev.portcullis.crypto.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * That from a place in the tree on another key signs. A C2SP {@code signed-note}, signed by the key
 * that leaves, and by the one that comes; the record at that place holds it, word for word.
 *
 * @param leaf the record's place: trees with more leaves are signed by the new key
 * @param note as it is written
 */
record KeyRotation(long leaf, VerifierKey from, VerifierKey to, Instant at, String note) {
  /** No checkpoint can be mistaken for it: the second line of a checkpoint is a number. */
  private static final String FIRST_LINE = "portcullis/key-rotation/v1";

  private static final int LINES = 6;

  static KeyRotation sign(String origin, long leaf, SigningKey old, SigningKey fresh, Instant now) {
    var from = new VerifierKey(origin, old.publicKey());
    var to = new VerifierKey(origin, fresh.publicKey());
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    String text =
        String.join(
            "\n",
            FIRST_LINE,
            origin,
            Long.toString(leaf),
            from.toString(),
            to.toString(),
            at.toString(),
            "");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String note =
        text
            + "\n"
            + Checkpoint.signature(from, old.sign(bytes))
            + Checkpoint.signature(to, fresh.sign(bytes));
    return new KeyRotation(leaf, from, to, at, note);
  }

  /** Empty for what is none; whether it is truly signed is another question. */
  static Optional<KeyRotation> parse(String note) {
    int empty = note.indexOf("\n\n");
    if (empty < 0) {
      return Optional.empty();
    }
    List<String> lines = note.substring(0, empty).lines().toList();
    if (lines.size() != LINES || !lines.getFirst().equals(FIRST_LINE)) {
      return Optional.empty();
    }
    try {
      long leaf = Long.parseLong(lines.get(2));
      var from = VerifierKey.parse(lines.get(3));
      var to = VerifierKey.parse(lines.get(4));
      boolean sound =
          leaf >= 0
              && Long.toString(leaf).equals(lines.get(2))
              && from.name().equals(lines.get(1))
              && to.name().equals(lines.get(1));
      return sound
          ? Optional.of(new KeyRotation(leaf, from, to, Instant.parse(lines.get(5)), note))
          : Optional.empty();
    } catch (NumberFormatException | DateTimeException | JournalException malformed) {
      return Optional.empty();
    }
  }

  /** Whether both keys signed it. */
  boolean isSigned() {
    int empty = note.indexOf("\n\n");
    String text = note.substring(0, empty + 1);
    List<String> signatures = note.substring(empty + 2).lines().toList();
    return Checkpoint.isSigned(text, signatures, from) && Checkpoint.isSigned(text, signatures, to);
  }
}
