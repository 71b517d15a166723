package dev.portcullis.journal;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Verifies proofs (RFC 9162 sections 2.1.3.2 and 2.1.4.2, which give the algorithms for RFC 6962's
 * proofs). Proofs come from elsewhere: whatever they hold, the answer is yes or no.
 */
public final class ProofCheck {
  private ProofCheck() {}

  /** The leaf hash of a record's type and payload. */
  public static byte[] leafHash(byte[] record) {
    byte[] leaf = new byte[MerkleHash.BYTES];
    new MerkleHash().leaf(record, 0, record.length, leaf, 0);
    return leaf;
  }

  /** Whether that leaf stands at that place of the tree with that size and root. */
  public static boolean inclusion(
      byte[] leafHash, long leaf, long size, List<byte[]> path, byte[] root) {
    if (leaf < 0 || leaf >= size || !hashes(path) || leafHash.length != MerkleHash.BYTES) {
      return false;
    }
    var hash = new MerkleHash();
    byte[] node = leafHash.clone();
    long at = leaf;
    long last = size - 1;
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        hash.node(sibling, node, node);
        while ((at & 1) == 0 && at != 0) {
          at >>>= 1;
          last >>>= 1;
        }
      } else {
        hash.node(node, sibling, node);
      }
      at >>>= 1;
      last >>>= 1;
    }
    return last == 0 && Arrays.equals(node, root);
  }

  /** Whether the tree with the second size and root begins with the first one. */
  public static boolean consistency(
      long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> proof) {
    if (from < 0 || from > to || !hashes(proof)) {
      return false;
    }
    if (from == 0) {
      return proof.isEmpty() && Arrays.equals(fromRoot, new MerkleHash().empty());
    }
    if (from == to) {
      return proof.isEmpty() && Arrays.equals(fromRoot, toRoot);
    }
    if (proof.isEmpty()) {
      return false;
    }
    return climb(from, fromRoot, to, toRoot, proof);
  }

  private static boolean climb(
      long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> proof) {
    var hash = new MerkleHash();
    boolean complete = Long.bitCount(from) == 1;
    long at = from - 1;
    long last = to - 1;
    while ((at & 1) == 1) {
      at >>>= 1;
      last >>>= 1;
    }
    byte[] first = complete ? fromRoot.clone() : proof.getFirst().clone();
    byte[] second = first.clone();
    for (byte[] next : proof.subList(complete ? 0 : 1, proof.size())) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        hash.node(next, first, first);
        hash.node(next, second, second);
        while ((at & 1) == 0 && at != 0) {
          at >>>= 1;
          last >>>= 1;
        }
      } else {
        hash.node(second, next, second);
      }
      at >>>= 1;
      last >>>= 1;
    }
    return last == 0 && Arrays.equals(first, fromRoot) && Arrays.equals(second, toRoot);
  }

  private static boolean hashes(List<byte[]> proof) {
    return proof.size() < Long.SIZE
        && proof.stream().allMatch(hash -> hash.length == MerkleHash.BYTES);
  }

  /** Base64 of each. */
  static List<String> encoded(List<byte[]> hashes) {
    return hashes.stream().map(Base64.getEncoder()::encodeToString).toList();
  }
}
