package dev.portcullis.journal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A proof of inclusion that stands on its own: C2SP {@code tlog-proof}. Its extra data is the
 * record's type and payload, from which the leaf hash is computed, so that whoever checks it needs
 * nothing but the public key.
 *
 * @param record type and payload, base64; empty if the record has to come from elsewhere
 * @param index leaf of the tree
 * @param path hashes, base64, the leaf's sibling first
 * @param checkpoint the signed note, verbatim
 */
public record TlogProof(String record, long index, List<String> path, String checkpoint) {
  private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";

  /** A record in base64 and a note. */
  static final int MAX_CHARS = RecordFormat.MAX_BODY_BYTES / 3 * 4 + (128 << 10);

  /** With a copy of the path. */
  public TlogProof {
    path = List.copyOf(path);
  }

  /** The text of the file. */
  public String text() {
    var text = new StringBuilder(FIRST_LINE).append('\n');
    if (!record.isEmpty()) {
      text.append(EXTRA).append(record).append('\n');
    }
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }

  /**
   * Reads one.
   *
   * @throws JournalException saying what is wrong with it
   */
  public static TlogProof parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw broken("it is longer than a record can be");
    }
    int empty = text.indexOf("\n\n");
    if (empty < 0) {
      throw broken("there is no empty line before a checkpoint");
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, empty).split("\n", -1)));
    if (!lines.removeFirst().equals(FIRST_LINE)) {
      throw broken("its first line is another");
    }
    String record = "";
    if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
      record = lines.removeFirst().substring(EXTRA.length());
      bytes(record);
    }
    if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
      throw broken("there is no line 'index'");
    }
    long index = number(lines.removeFirst().substring(INDEX.length()));
    if (lines.size() >= Long.SIZE) {
      throw broken("its path has more hashes than a tree can have levels");
    }
    lines.forEach(TlogProof::hash);
    return new TlogProof(record, index, lines, text.substring(empty + 2));
  }

  /** The path as bytes. */
  List<byte[]> hashes() {
    return path.stream().map(TlogProof::hash).toList();
  }

  static long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0 && Long.toString(number).equals(text)) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw broken("a number is none");
  }

  static byte[] hash(String base64) {
    byte[] hash = bytes(base64);
    if (hash.length != MerkleHash.BYTES) {
      throw broken("a hash has not 32 bytes");
    }
    return hash;
  }

  static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw broken("a line is not base64");
    }
  }

  static JournalException broken(String what) {
    return new JournalException(
        "Not a proof: %s (expected: what 'portcullis journal prove' wrote)".formatted(what));
  }
}
