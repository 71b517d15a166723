package dev.portcullis.rehearse;

import dev.portcullis.config.DetectorSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A breach to be noticed, or its benign twin that must not be.
 *
 * @param name as on the command line
 * @param title one line
 * @param family letter of the family in docs/scenarios.md, if it belongs to one
 * @param summary what happened, and what the file leaves out of it
 * @param twin name of the benign scenario that looks like it
 * @param realSubjects how many people the real breach reached, if known
 * @param bound by when it must be noticed; empty for a twin
 * @param today what comes of it now, as the test pins it; empty in a user's own file
 * @param learning how long the node has been running before it counts: what is said until then is
 *     counted apart, and a person lets it be
 * @param settings of the detectors
 * @param attack hostile traffic; empty for a twin
 * @param ordinary everybody else
 */
public record Scenario(
    String name,
    String title,
    Optional<String> family,
    String summary,
    Optional<String> twin,
    Optional<Long> realSubjects,
    Bound bound,
    Optional<Verdict> today,
    Duration learning,
    DetectorSettings settings,
    List<Traffic> attack,
    List<Traffic> ordinary) {

  /** Whether nothing in it is hostile. */
  public boolean isBenign() {
    return attack.isEmpty();
  }
}
