package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import java.time.Duration;

/**
 * One walker through objects: which subjects are new to it, how many of them lately and in a day,
 * and what is usual for it.
 */
final class Walk {
  /** The slow horizon. */
  static final Duration DAY = Duration.ofHours(24);

  /** Counts are kept in halves, because a guess counts half. */
  private static final int NEW = 2;

  private static final int GUESS = 1;

  private final Known known = new Known();
  final Horizon window;
  final Horizon day;
  final Evidence evidence = new Evidence();

  Walk(DetectorSettings.ObjectEnumeration settings) {
    window = new Horizon(settings.window());
    day = new Horizon(DAY);
  }

  /**
   * It met a subject, or guessed at an object that does not exist.
   *
   * @return whether that was new
   */
  boolean met(long now, long fingerprint, boolean guess) {
    if (!known.add(fingerprint)) {
      return false;
    }
    window.count.add(now, guess ? GUESS : NEW);
    day.count.add(now, guess ? GUESS : NEW);
    return true;
  }

  int weight() {
    return known.size() + evidence.size() + 8;
  }

  /** Counting over one length of time. */
  static final class Horizon {
    final long millis;
    final Habit habit;
    final Quiet quiet;
    private final RollingCount count;

    Horizon(Duration length) {
      millis = length.toMillis();
      habit = new Habit(length);
      quiet = new Quiet(length);
      count = new RollingCount(length);
    }

    double at(long now) {
      return count.at(now) / (double) NEW;
    }

    boolean isOver(long now, double threshold) {
      double reached = at(now);
      habit.reached(reached);
      return reached >= threshold && quiet.allows(now, reached);
    }

    void raised(long now) {
      quiet.raised(now, at(now));
      habit.raised();
    }
  }
}
