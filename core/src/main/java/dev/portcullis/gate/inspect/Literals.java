package dev.portcullis.gate.inspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which of many literals occur in a value: one pass, one table look-up a character, whatever the
 * number of literals (Aho and Corasick, 1975). Letters match in any case. A run of blanks and tabs
 * counts as one blank, so that more of them hide nothing. Only characters below 256 can match;
 * others fall back to the start, as no literal holds one.
 */
final class Literals {
  private static final int ALPHABET = 256;
  private static final char NO_BREAK = 0xa0;

  /** Characters that stand in some literal get a class of their own; all others share class 0. */
  private final byte[] classes = new byte[ALPHABET];

  private final int width;
  private final char[] next;

  /** Literals that end at a state; null for most, so that the loop tests one reference. */
  private final int[][] found;

  private final int words;

  /** The automaton for those, lower case and not empty. */
  Literals(List<String> literals) {
    words = (literals.size() + 63) >>> 6;
    int count = 1;
    for (String literal : literals) {
      for (int i = 0; i < literal.length(); i++) {
        char letter = literal.charAt(i);
        if (letter >= ALPHABET) {
          throw new IllegalArgumentException("literal beyond Latin-1: " + literal);
        }
        if (classes[letter] == 0) {
          classes[letter] = (byte) count++;
        }
      }
    }
    for (char letter = 'A'; letter <= 'Z'; letter++) {
      classes[letter] = classes[letter + 32];
    }
    width = count;

    var trie = new ArrayList<int[]>();
    var ends = new ArrayList<BitSet>();
    trie.add(new int[width]);
    ends.add(new BitSet());
    for (int index = 0; index < literals.size(); index++) {
      int state = 0;
      String literal = literals.get(index);
      for (int i = 0; i < literal.length(); i++) {
        int symbol = classes[literal.charAt(i)] & 0xff;
        if (trie.get(state)[symbol] == 0) {
          trie.add(new int[width]);
          ends.add(new BitSet());
          trie.get(state)[symbol] = trie.size() - 1;
        }
        state = trie.get(state)[symbol];
      }
      ends.get(state).set(index);
    }
    complete(trie, ends);

    if (trie.size() > Character.MAX_VALUE) {
      throw new IllegalArgumentException(
          "rule book: the literals under needs have "
              + trie.size()
              + " beginnings (expected: at most 65,535; shorten or drop some)");
    }
    next = new char[trie.size() * width];
    found = new int[trie.size()][];
    for (int state = 0; state < trie.size(); state++) {
      for (int symbol = 0; symbol < width; symbol++) {
        next[state * width + symbol] = (char) trie.get(state)[symbol];
      }
      if (!ends.get(state).isEmpty()) {
        found[state] = ends.get(state).stream().toArray();
      }
    }
  }

  /** Turns the trie into a full automaton: missing edges follow the longest suffix. */
  private void complete(List<int[]> trie, List<BitSet> ends) {
    int[] suffix = new int[trie.size()];
    var queue = new ArrayDeque<Integer>();
    for (int target : trie.get(0)) {
      if (target != 0) {
        queue.add(target);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      ends.get(state).or(ends.get(suffix[state]));
      for (int symbol = 0; symbol < width; symbol++) {
        int target = trie.get(state)[symbol];
        int fallback = trie.get(suffix[state])[symbol];
        if (target == 0) {
          trie.get(state)[symbol] = fallback;
        } else {
          suffix[target] = fallback;
          queue.add(target);
        }
      }
    }
  }

  /** How many longs {@link #scan} needs. */
  int words() {
    return words;
  }

  /**
   * Sets the bit of every literal that occurs.
   *
   * @return whether any does
   */
  boolean scan(String value, long[] present) {
    int state = 0;
    boolean any = false;
    boolean blank = false;
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      if (letter == ' ' || letter == '\t' || letter == NO_BREAK) {
        if (blank) {
          continue;
        }
        blank = true;
        letter = ' ';
      } else {
        blank = false;
      }
      state = letter < ALPHABET ? next[state * width + (classes[letter] & 0xff)] : 0;
      int[] here = found[state];
      if (here != null) {
        any = true;
        for (int literal : here) {
          present[literal >>> 6] |= 1L << literal;
        }
      }
    }
    return any;
  }
}
