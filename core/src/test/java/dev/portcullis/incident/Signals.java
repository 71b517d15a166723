package dev.portcullis.incident;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Signals as the detectors would raise them; an empty string: not known. */
public final class Signals {
  private Signals() {}

  /** Of that detector, about those principals. */
  public static Signal signal(
      String id,
      String detector,
      Instant at,
      String credential,
      String account,
      String source,
      String route) {
    return new Signal(
        id,
        detector,
        at,
        Severity.HIGH,
        0.9,
        new Principals(known(credential), known(account), known(source), known(route)),
        "20 distinct data subjects in 5 minutes",
        List.of(1L, 2L, 3L),
        "API1:2023",
        "T1119");
  }

  /** The same with another severity. */
  public static Signal withSeverity(Signal signal, Severity severity) {
    return new Signal(
        signal.id(),
        signal.detector(),
        signal.at(),
        severity,
        signal.confidence(),
        signal.principals(),
        signal.summary(),
        signal.evidence(),
        signal.owasp(),
        signal.attack());
  }

  private static Optional<String> known(String name) {
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }
}
