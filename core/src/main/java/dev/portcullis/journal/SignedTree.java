package dev.portcullis.journal;

import java.util.Base64;
import java.util.Optional;

/**
 * A checkpoint whose signature was checked: what proofs lead to.
 *
 * @param origin whose journal it is
 * @param size records in the tree
 * @param root its hash, base64
 * @param note the checkpoint as signed (C2SP {@code tlog-checkpoint})
 */
public record SignedTree(String origin, long size, String root, String note) {
  /** What that note signs; empty if it is no checkpoint or not signed by the key of its time. */
  public static Optional<SignedTree> open(String note, TrustedKeys keys) {
    return Checkpoint.parse(note)
        .filter(keys::signed)
        .map(checkpoint ->
            new SignedTree(
                checkpoint.origin(), checkpoint.head().size(), checkpoint.head().root(), note));
  }

  /** 32 bytes. */
  public byte[] rootHash() {
    return Base64.getDecoder().decode(root);
  }
}
