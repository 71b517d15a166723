package dev.portcullis.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A signed tree head: C2SP {@code tlog-checkpoint} inside a C2SP {@code signed-note}.
 *
 * @param origin first line
 * @param head second and third line
 * @param text what is signed: all lines before the empty one
 * @param signatures lines after it
 */
record Checkpoint(String origin, TreeHead head, String text, List<String> signatures) {
  static final String SIGNATURE = "\u2014 ";

  static String text(String origin, TreeHead head) {
    return origin + "\n" + head.size() + "\n" + head.root() + "\n";
  }

  /** A signature's line. */
  static String signature(VerifierKey key, byte[] signature) {
    byte[] id = key.id();
    byte[] both = new byte[id.length + signature.length];
    System.arraycopy(id, 0, both, 0, id.length);
    System.arraycopy(signature, 0, both, id.length, signature.length);
    return SIGNATURE + key.name() + " " + Base64.getEncoder().encodeToString(both) + "\n";
  }

  /** The whole of it. */
  String note() {
    return text + "\n" + String.join("\n", signatures) + "\n";
  }

  /** With another signature's line. */
  Checkpoint with(String signature) {
    var more = new ArrayList<>(signatures);
    if (!more.contains(signature)) {
      more.add(signature);
    }
    return new Checkpoint(origin, head, text, List.copyOf(more));
  }

  /** Empty for what is not a checkpoint; whether it is truly signed is another question. */
  static Optional<Checkpoint> parse(String note) {
    int empty = note.indexOf("\n\n");
    if (empty < 0) {
      return Optional.empty();
    }
    String text = note.substring(0, empty + 1);
    List<String> lines = text.lines().toList();
    if (lines.size() < 3) {
      return Optional.empty();
    }
    var signatures = new ArrayList<String>();
    note.substring(empty + 2)
        .lines()
        .filter(line -> line.startsWith(SIGNATURE))
        .forEach(signatures::add);
    try {
      byte[] root = Base64.getDecoder().decode(lines.get(2));
      long size = Long.parseLong(lines.get(1));
      if (root.length != MerkleHash.BYTES
          || size < 0
          || !Long.toString(size).equals(lines.get(1))) {
        return Optional.empty();
      }
      return Optional.of(
          new Checkpoint(
              lines.getFirst(), new TreeHead(size, lines.get(2)), text, List.copyOf(signatures)));
    } catch (IllegalArgumentException notNumberNotBase64) {
      return Optional.empty();
    }
  }

  /** Whether that key signed it under its own name as the origin. */
  boolean isSignedBy(VerifierKey key) {
    return origin.equals(key.name()) && isSigned(text, signatures, key);
  }

  /** Whether one of the lines is that key's signature under the text. */
  static boolean isSigned(String text, List<String> signatures, VerifierKey key) {
    return signatures.stream().anyMatch(line -> isSignature(text, line, key));
  }

  private static boolean isSignature(String text, String line, VerifierKey key) {
    String prefix = SIGNATURE + key.name() + " ";
    if (!line.startsWith(prefix)) {
      return false;
    }
    try {
      return key.verify(
          text.getBytes(StandardCharsets.UTF_8),
          Base64.getDecoder().decode(line.substring(prefix.length())));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
