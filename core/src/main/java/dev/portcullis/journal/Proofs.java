package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Inclusion and consistency proofs of a journal or a copy of one (RFC 6962 sections 2.1.1 and
 * 2.1.2). They are made of the {@code .leaves} files and of segment headers alone, so they can be
 * made after the records were archived; the journal may be running. Not thread-safe.
 *
 * <p>What is read here is not trusted: compare {@link #root} with a signed one.
 */
public final class Proofs implements AutoCloseable {
  /** Subtrees of so many leaves (2^12) are hashed at once; larger ones are kept. */
  private static final int BLOCK_HEIGHT = 12;

  /** Larger subtrees kept in memory: 32 bytes and a key each. */
  private static final int MAX_KEPT = 1 << 16;

  private final LeafFiles leaves;
  private final MerkleHash hash = new MerkleHash();

  /** What headers say; as many as there are segments, times one for each bit of the size. */
  private final Map<Subtree, byte[]> fromHeaders = new LinkedHashMap<>();

  private final Map<Subtree, byte[]> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subtree, byte[]> eldest) {
          return size() > MAX_KEPT;
        }
      };

  /** A complete one: 2^height leaves from that one on. */
  private record Subtree(long first, int height) {}

  private Proofs(LeafFiles leaves) {
    this.leaves = leaves;
    for (LeafFiles.Part part : leaves.parts()) {
      part.header().ifPresent(this::take);
    }
  }

  /**
   * Of the journal in that directory, as far as it is written now.
   *
   * @throws JournalException if there is none, or hash files are missing
   */
  public static Proofs of(Path journal) {
    if (!Files.isDirectory(SegmentPaths.directory(journal))) {
      throw new JournalException(
          "There is no journal in " + journal + " (expected: a directory with segments)");
    }
    try {
      return new Proofs(LeafFiles.of(journal));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void take(SegmentHeader header) {
    long first = 0;
    int at = 0;
    byte[] frontier = header.frontier();
    for (int height = Long.SIZE - 1; height >= 0; height--) {
      if ((header.firstLeaf() >>> height & 1) == 1) {
        byte[] root = new byte[MerkleHash.BYTES];
        System.arraycopy(frontier, at, root, 0, root.length);
        fromHeaders.put(new Subtree(first, height), root);
        at += MerkleHash.BYTES;
        first += 1L << height;
      }
    }
  }

  /** Leaves there are: the largest tree that can be proved. */
  public long size() {
    return leaves.end();
  }

  /**
   * Root of the tree over the first leaves.
   *
   * @throws JournalException if there are not so many
   */
  public byte[] root(long size) {
    checkSize(size);
    return size == 0 ? hash.empty() : range(0, size);
  }

  /**
   * The path from a leaf to the root of a tree: the hash of the leaf's sibling first, the one below
   * the root last; 32 bytes each.
   *
   * @throws JournalException if that tree is not here or has no such leaf
   */
  public List<byte[]> inclusion(long leaf, long size) {
    checkSize(size);
    if (leaf < 0 || leaf >= size) {
      throw new JournalException(
          "Record %d in a tree of %d (expected: 0 to %d)".formatted(leaf, size, size - 1));
    }
    var path = new ArrayList<byte[]>();
    path(leaf, 0, size, path);
    return path;
  }

  private void path(long leaf, long from, long to, List<byte[]> path) {
    if (to - from == 1) {
      return;
    }
    long middle = from + Long.highestOneBit(to - from - 1);
    if (leaf < middle) {
      path(leaf, from, middle, path);
      path.add(range(middle, to));
    } else {
      path(leaf, middle, to, path);
      path.add(range(from, middle));
    }
  }

  /**
   * That the tree of one size begins with the tree of another; empty if the first is empty or both
   * are the same.
   *
   * @throws JournalException if those trees are not here, or are in the wrong order
   */
  public List<byte[]> consistency(long from, long to) {
    checkSize(to);
    if (from < 0 || from > to) {
      throw new JournalException(
          "A proof from %d to %d records (expected: from the smaller to the larger)"
              .formatted(from, to));
    }
    var proof = new ArrayList<byte[]>();
    if (from > 0) {
      subproof(from, 0, to, true, proof);
    }
    return proof;
  }

  private void subproof(long old, long from, long to, boolean known, List<byte[]> proof) {
    if (old == to - from) {
      if (!known) {
        proof.add(range(from, to));
      }
      return;
    }
    long half = Long.highestOneBit(to - from - 1);
    if (old <= half) {
      subproof(old, from, from + half, known, proof);
      proof.add(range(from + half, to));
    } else {
      subproof(old - half, from + half, to, false, proof);
      proof.add(range(from, from + half));
    }
  }

  /**
   * The leaf of that exchange. Empty where only the records can tell (others stand among them) and
   * the segment is not here any more.
   *
   * @throws JournalException if there is no such exchange
   */
  public OptionalLong leafOf(long sequence) {
    try {
      return new LeafLookup(leaves).leafOf(sequence);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Type and payload of a record: what its leaf hash is made of. Empty if its segment is gone. */
  public Optional<byte[]> record(long leaf) {
    try {
      return new LeafLookup(leaves).record(leaf);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The hash of that leaf. */
  public byte[] leafHash(long leaf) {
    return read(leaf, 1);
  }

  /** Hashes of consecutive complete subtrees of 2^height leaves, the first one numbered. */
  byte[] nodes(int height, long first, int count) {
    if (height == 0) {
      return read(first, count);
    }
    byte[] all = new byte[count * MerkleHash.BYTES];
    for (int i = 0; i < count; i++) {
      byte[] node = subtree((first + i) << height, height);
      System.arraycopy(node, 0, all, i * MerkleHash.BYTES, MerkleHash.BYTES);
    }
    return all;
  }

  private void checkSize(long size) {
    if (size < 0 || size > size()) {
      throw new JournalException(
          "A tree of %d records (expected: 0 to %d, as many as are here)".formatted(size, size()));
    }
  }

  /** Root over leaves that form one side of a split: what is left of it is complete. */
  private byte[] range(long from, long to) {
    long count = to - from;
    if (Long.bitCount(count) == 1) {
      return subtree(from, Long.numberOfTrailingZeros(count));
    }
    long half = Long.highestOneBit(count);
    return node(range(from, from + half), range(from + half, to));
  }

  private byte[] subtree(long first, int height) {
    var wanted = new Subtree(first, height);
    byte[] known = fromHeaders.get(wanted);
    if (known == null) {
      known = kept.get(wanted);
    }
    if (known != null) {
      return known.clone();
    }
    if (height <= BLOCK_HEIGHT && first >= leaves.first()) {
      return block(first, height);
    }
    if (height == 0) {
      return read(first, 1);
    }
    long half = 1L << (height - 1);
    byte[] root = node(subtree(first, height - 1), subtree(first + half, height - 1));
    kept.put(wanted, root.clone());
    return root;
  }

  private byte[] block(long first, int height) {
    byte[] level = read(first, 1 << height);
    byte[] root = MerkleHash.fold(hash, level, 1 << height);
    if (height == BLOCK_HEIGHT) {
      kept.put(new Subtree(first, height), root.clone());
    }
    return root;
  }

  private byte[] node(byte[] left, byte[] right) {
    hash.node(left, right, left);
    return left;
  }

  private byte[] read(long first, int count) {
    try {
      return leaves.read(first, count);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static JournalException unreadable(IOException e) {
    return new JournalException("The journal's hash files can't be read: " + e, e);
  }

  @Override
  public void close() {
    try {
      leaves.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
