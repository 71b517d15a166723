package dev.portcullis.recover;

import java.time.Duration;
import java.util.List;

/** What was measured beside what was promised. */
final class Objectives {
  private Objectives() {}

  /** Adds a line that says whether the objective was met. */
  static void check(String what, Duration measured, Duration objective, List<String> checks) {
    checks.add(
        "Measured "
            + what
            + ": "
            + measured.toMillis() / 1000.0
            + " s, objective "
            + objective.toMillis() / 1000.0
            + " s: "
            + (measured.compareTo(objective) <= 0 ? "met" : "missed"));
  }
}
