package dev.portcullis.journal;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a tile: C2SP {@code tlog-tiles}. A tile of level <i>l</i> holds the roots of complete
 * subtrees of 256<sup>l</sup> leaves.
 *
 * @param level from 0, the leaf hashes
 * @param index from 0, in the level
 * @param width hashes in it: 256, or 1 to 255 in a partial one
 */
record TileName(int level, long index, int width) {
  static final int FULL = 256;

  /** Levels whose subtrees a leaf number can count. */
  private static final int MAX_LEVEL = 7;

  private static final int GROUP = 1_000;
  private static final Pattern PATH =
      Pattern.compile(
          "tile/(0|[1-9][0-9]?)/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  /** Bits of a leaf's number that choose a place below one hash of that level. */
  static int height(int level) {
    return 8 * level;
  }

  /** As it is requested, without a slash in front; empty for what is no tile's name. */
  static Optional<TileName> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int level = Integer.parseInt(matcher.group(1));
    long index = Long.parseLong(matcher.group(2).replace("x", "").replace("/", ""));
    String partial = matcher.group(3);
    int width = partial == null ? FULL : Integer.parseInt(partial);
    boolean sound = level <= MAX_LEVEL && (partial == null || width < FULL);
    var name = new TileName(level, index, width);
    // an index has one name alone
    return sound && name.path().equals(path) ? Optional.of(name) : Optional.empty();
  }

  String path() {
    String groups = "";
    long rest = index;
    do {
      groups =
          String.format(Locale.ROOT, groups.isEmpty() ? "%03d" : "x%03d/", rest % GROUP) + groups;
      rest /= GROUP;
    } while (rest > 0);
    return "tile/" + level + "/" + groups + (width == FULL ? "" : ".p/" + width);
  }

  /** Whether a tree of that size has it. */
  boolean isIn(long size) {
    long hashes = size >>> height(level);
    // no overflow: an index of 18 digits times 256 would be one
    return index < (hashes + FULL - 1) / FULL && index * FULL + width <= hashes;
  }

  byte[] content(Proofs proofs) {
    return proofs.nodes(height(level), index * FULL, width);
  }
}
