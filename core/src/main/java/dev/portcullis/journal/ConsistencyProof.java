package dev.portcullis.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * A proof that stands on its own that one tree begins with another. There is no standard for such a
 * file; after its first two lines it is the body of C2SP {@code tlog-witness}' {@code
 * add-checkpoint}.
 *
 * @param oldRoot root of the first tree, base64
 * @param oldSize records in it
 * @param proof hashes, base64, as RFC 6962 orders them
 * @param checkpoint the signed note of the second tree, verbatim
 */
public record ConsistencyProof(
    String oldRoot, long oldSize, List<String> proof, String checkpoint) {
  static final String FIRST_LINE = "portcullis/consistency-proof@v1";
  private static final String ROOT = "old-root ";
  private static final String OLD = "old ";
  private static final int HEAD_LINES = 3;

  /** With a copy of the proof. */
  public ConsistencyProof {
    proof = List.copyOf(proof);
  }

  /** The text of the file. */
  public String text() {
    var text = new StringBuilder(FIRST_LINE).append('\n');
    text.append(ROOT).append(oldRoot).append('\n');
    text.append(OLD).append(oldSize).append('\n');
    proof.forEach(hash -> text.append(hash).append('\n'));
    return text.append('\n').append(checkpoint).toString();
  }

  /**
   * Reads one.
   *
   * @throws JournalException saying what is wrong with it
   */
  public static ConsistencyProof parse(String text) {
    int empty = text.indexOf("\n\n");
    if (empty < 0 || text.length() > TlogProof.MAX_CHARS) {
      throw TlogProof.broken("there is no empty line before a checkpoint, or too much of it");
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, empty).split("\n", -1)));
    if (lines.size() < HEAD_LINES
        || !lines.get(0).equals(FIRST_LINE)
        || !lines.get(1).startsWith(ROOT)
        || !lines.get(2).startsWith(OLD)) {
      throw TlogProof.broken("its first lines are others");
    }
    String root = lines.get(1).substring(ROOT.length());
    TlogProof.hash(root);
    List<String> proof = lines.subList(HEAD_LINES, lines.size());
    proof.forEach(TlogProof::hash);
    return new ConsistencyProof(
        root,
        TlogProof.number(lines.get(2).substring(OLD.length())),
        proof,
        text.substring(empty + 2));
  }
}
