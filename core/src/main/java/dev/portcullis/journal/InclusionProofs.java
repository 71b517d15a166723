package dev.portcullis.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many inclusion proofs in one tree. Neighbours share nearly all of their path: of each block of
 * leaves every hash is kept while its leaves are asked for, so that a proof costs no hashing. Not
 * thread-safe.
 */
final class InclusionProofs {
  /** 4,096 leaves: 256 KiB of hashes. */
  private static final int HEIGHT = 12;

  private final Proofs proofs;
  private final long size;
  private final MerkleHash hash = new MerkleHash();
  private long block = -1;
  private byte[][] levels = {};
  private List<byte[]> above = List.of();

  InclusionProofs(Proofs proofs, long size) {
    this.proofs = proofs;
    this.size = size;
  }

  List<byte[]> of(long leaf) {
    long wanted = leaf >>> HEIGHT;
    if (leaf < 0 || (wanted + 1) << HEIGHT > size) {
      // the last block is not a complete subtree
      return proofs.inclusion(leaf, size);
    }
    if (wanted != block) {
      load(wanted);
    }
    var path = new ArrayList<byte[]>(HEIGHT + above.size());
    int at = (int) (leaf - (block << HEIGHT));
    for (int level = 0; level < HEIGHT; level++) {
      int sibling = (at >> level ^ 1) * MerkleHash.BYTES;
      path.add(Arrays.copyOfRange(levels[level], sibling, sibling + MerkleHash.BYTES));
    }
    path.addAll(above);
    return path;
  }

  private void load(long wanted) {
    long first = wanted << HEIGHT;
    byte[][] loaded = new byte[HEIGHT][];
    loaded[0] = proofs.nodes(0, first, 1 << HEIGHT);
    for (int level = 1; level < HEIGHT; level++) {
      loaded[level] = parents(loaded[level - 1]);
    }
    List<byte[]> whole = proofs.inclusion(first, size);
    levels = loaded;
    above = List.copyOf(whole.subList(HEIGHT, whole.size()));
    block = wanted;
  }

  private byte[] parents(byte[] children) {
    byte[] parents = new byte[children.length / 2];
    byte[] left = new byte[MerkleHash.BYTES];
    byte[] right = new byte[MerkleHash.BYTES];
    for (int at = 0; at < parents.length; at += MerkleHash.BYTES) {
      System.arraycopy(children, 2 * at, left, 0, MerkleHash.BYTES);
      System.arraycopy(children, 2 * at + MerkleHash.BYTES, right, 0, MerkleHash.BYTES);
      hash.node(left, right, left);
      System.arraycopy(left, 0, parents, at, MerkleHash.BYTES);
    }
    return parents;
  }
}
