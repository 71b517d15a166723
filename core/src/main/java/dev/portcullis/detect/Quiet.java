package dev.portcullis.detect;

import java.time.Duration;

/** After a signal, silence until the window has passed or the count has doubled. */
final class Quiet {
  private final long windowMillis;
  private long raisedAt = Long.MIN_VALUE;
  private double raisedCount;

  Quiet(Duration window) {
    windowMillis = window.toMillis();
  }

  /** Whether this count may be spoken of. */
  boolean allows(long now, double count) {
    return raisedAt == Long.MIN_VALUE || now - raisedAt >= windowMillis || count >= 2 * raisedCount;
  }

  void raised(long now, double count) {
    raisedAt = now;
    raisedCount = count;
  }
}
