package dev.portcullis.journal;

import java.util.Arrays;
import java.util.Base64;

/**
 * The right edge of the tree over all records: the roots of its complete subtrees, one for each bit
 * of its size. That is all an append needs. Not thread-safe.
 */
final class MerkleTree {
  private final MerkleHash hash = new MerkleHash();

  /** The subtree of 2^i leaves, meaningful where bit i of the size is set. */
  private final byte[][] edge = new byte[Long.SIZE][MerkleHash.BYTES];

  private final byte[] carry = new byte[MerkleHash.BYTES];
  private long size;

  /** An empty one. */
  MerkleTree() {}

  /** One of that size and {@link #frontier}. */
  MerkleTree(long size, byte[] frontier) {
    this.size = size;
    int at = 0;
    for (int level = Long.SIZE - 1; level >= 0; level--) {
      if ((size >>> level & 1) == 1) {
        System.arraycopy(frontier, at, edge[level], 0, MerkleHash.BYTES);
        at += MerkleHash.BYTES;
      }
    }
  }

  static int frontierBytes(long size) {
    return Long.bitCount(size) * MerkleHash.BYTES;
  }

  MerkleTree copy() {
    return new MerkleTree(size, frontier());
  }

  long size() {
    return size;
  }

  void add(byte[] leaves, int at) {
    System.arraycopy(leaves, at, carry, 0, MerkleHash.BYTES);
    int level = 0;
    while ((size >>> level & 1) == 1) {
      hash.node(edge[level], carry, carry);
      level++;
    }
    System.arraycopy(carry, 0, edge[level], 0, MerkleHash.BYTES);
    size++;
  }

  /** The subtrees' hashes, the largest first. */
  byte[] frontier() {
    byte[] hashes = new byte[frontierBytes(size)];
    int at = 0;
    for (int level = Long.SIZE - 1; level >= 0; level--) {
      if ((size >>> level & 1) == 1) {
        System.arraycopy(edge[level], 0, hashes, at, MerkleHash.BYTES);
        at += MerkleHash.BYTES;
      }
    }
    return hashes;
  }

  /** Size and root now. */
  TreeHead head() {
    return new TreeHead(size, Base64.getEncoder().encodeToString(root()));
  }

  byte[] root() {
    if (size == 0) {
      return hash.empty();
    }
    int level = Long.numberOfTrailingZeros(size);
    byte[] root = Arrays.copyOf(edge[level], MerkleHash.BYTES);
    for (level++; level < Long.SIZE; level++) {
      if ((size >>> level & 1) == 1) {
        hash.node(edge[level], root, root);
      }
    }
    return root;
  }
}
