package dev.portcullis.detect;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is usual on a route: levels of the last windows of all who use it. */
final class Peers {
  /** Windows remembered. */
  static final int CAPACITY = 64;

  /** Fewer tell nothing. */
  private static final int ENOUGH = 3;

  private final Deque<Level> levels = new ArrayDeque<>();
  private boolean personal;

  /** A window of that key closed at that level. */
  void add(long key, double level) {
    if (level < 0) {
      return;
    }
    levels.addLast(new Level(key, level));
    if (levels.size() > CAPACITY) {
      levels.removeFirst();
    }
  }

  /** The median of everybody else's windows; 0 if there are too few. */
  double medianOfOthers(long key) {
    double[] others =
        levels.stream()
            .filter(level -> level.key() != key)
            .mapToDouble(Level::level)
            .sorted()
            .toArray();
    return others.length < ENOUGH ? 0 : others[others.length / 2];
  }

  /** The route's responses carry data subjects. */
  void carriesSubjects() {
    personal = true;
  }

  /** Whether they ever did. */
  boolean isPersonal() {
    return personal;
  }

  private record Level(long key, double level) {}
}
