package dev.portcullis.detect;

import java.time.Duration;

/**
 * What is usual for a key: the highest level of earlier windows, fading by half in {@link
 * #HALF_LIFE}. The highest and not the mean, because an export at night is as usual as the quiet
 * hours around it.
 */
final class Habit {
  /** So that a weekly job is still half remembered when it runs again. */
  static final Duration HALF_LIFE = Duration.ofDays(7);

  private final long windowMillis;
  private double level;
  private long learnedAt;
  private int windows;
  private long windowStart = Long.MIN_VALUE;
  private double peak;
  private boolean raised;

  Habit(Duration window) {
    windowMillis = window.toMillis();
  }

  /**
   * Time goes on: closes the window if it is over.
   *
   * @return the level that the closed window reached if it was an ordinary one, else a negative
   *     number
   */
  double advance(long now) {
    if (windowStart == Long.MIN_VALUE) {
      windowStart = now;
    }
    if (now - windowStart < windowMillis) {
      return -1;
    }
    // A level that raised a signal is believed by half: a steady job falls silent after its first
    // signal, while an attack would have to stay below twice what it had already been noticed for.
    level = Math.max(level(now), raised ? peak / 2 : peak);
    learnedAt = now;
    windows++;
    double ordinary = raised ? -1 : peak;
    windowStart = now;
    peak = 0;
    raised = false;
    return ordinary;
  }

  /** The count reached this. */
  void reached(double count) {
    peak = Math.max(peak, count);
  }

  /** A signal was raised in this window. */
  void raised() {
    raised = true;
  }

  /** How many windows it was learned from. */
  int windows() {
    return windows;
  }

  /** What is usual. */
  double level(long now) {
    double halves = (double) (now - learnedAt) / HALF_LIFE.toMillis();
    return level * Math.pow(0.5, Math.max(0, halves));
  }
}
