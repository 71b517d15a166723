package dev.portcullis.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
  /** The inputs of the Certificate Transparency reference tests. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  @Test
  void rootsAreThoseOfTheReferenceTests() {
    var tree = new MerkleTree();
    var roots = new ArrayList<String>();
    roots.add(HexFormat.of().formatHex(tree.root()));
    for (String leaf : LEAVES) {
      tree.add(leafHash(HexFormat.of().parseHex(leaf)), 0);
      roots.add(HexFormat.of().formatHex(tree.root()));
    }
    assertThat(roots)
        .containsSubsequence(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  @Test
  void theRightEdgeIsAllThatGoingOnNeeds() {
    var whole = new MerkleTree();
    var resumed = new MerkleTree();
    var leaves = new ArrayList<byte[]>();
    for (int i = 0; i < 300; i++) {
      byte[] leaf = leafHash(new byte[] {(byte) i, (byte) (i >> 8)});
      leaves.add(leaf);
      whole.add(leaf, 0);
      resumed = new MerkleTree(resumed.size(), resumed.frontier());
      resumed.add(leaf, 0);
      assertThat(resumed.root()).isEqualTo(whole.root()).isEqualTo(recursive(leaves));
    }
  }

  /** RFC 6962 section 2.1, word by word. */
  private static byte[] recursive(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    byte[] node = new byte[MerkleHash.BYTES];
    new MerkleHash()
        .node(
            recursive(leaves.subList(0, split)),
            recursive(leaves.subList(split, leaves.size())),
            node);
    return node;
  }

  private static byte[] leafHash(byte[] leaf) {
    byte[] hash = new byte[MerkleHash.BYTES];
    new MerkleHash().leaf(Arrays.copyOf(leaf, leaf.length), 0, leaf.length, hash, 0);
    return hash;
  }
}
