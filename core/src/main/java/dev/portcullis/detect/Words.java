package dev.portcullis.detect;

import java.time.Duration;

/** Lengths of time for people. */
final class Words {
  private Words() {}

  static String of(Duration length) {
    if (length.toHours() > 0 && length.toMinutesPart() == 0) {
      return length.toHours() + " h";
    }
    return length.toMinutes() > 0 && length.toSecondsPart() == 0
        ? length.toMinutes() + " min"
        : length.toSeconds() + " s";
  }
}
