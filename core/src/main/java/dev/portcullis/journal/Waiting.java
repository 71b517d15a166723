package dev.portcullis.journal;

import java.time.Duration;

/** Durations for waiting. */
final class Waiting {
  private Waiting() {}

  /** In nanoseconds; what is longer than 292 years is as good as for ever. */
  static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }
}
