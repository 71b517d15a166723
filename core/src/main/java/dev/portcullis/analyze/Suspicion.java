package dev.portcullis.analyze;

import dev.portcullis.detect.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Signals about the same one, on the way to an incident of the report. Not thread-safe. */
final class Suspicion {
  private static final int SUMMARIES = 6;
  private static final int LINES = 10;

  private final Actor actor;
  private final Set<String> detectors = new TreeSet<>();
  private final Set<String> owasp = new TreeSet<>();
  private final Set<String> attack = new TreeSet<>();
  private final List<String> summaries = new ArrayList<>();
  private final List<Long> evidence = new ArrayList<>();
  private Signal worst;
  private Instant first;
  private Instant last;
  private long signals;

  Suspicion(Actor actor, Signal signal) {
    this.actor = actor;
    worst = signal;
    first = signal.at();
    last = signal.at();
  }

  void add(Signal signal) {
    signals++;
    detectors.add(signal.detector());
    owasp.add(signal.owasp());
    attack.add(signal.attack());
    worst = signal.severity().compareTo(worst.severity()) >= 0 ? signal : worst;
    first = signal.at().isBefore(first) ? signal.at() : first;
    last = signal.at().isAfter(last) ? signal.at() : last;
    if (summaries.size() == SUMMARIES) {
      summaries.removeLast(); // the newest says most, the oldest when it began
    }
    summaries.add(Words.objects(signal.summary()));
    for (long sequence : signal.evidence()) {
      if (evidence.size() >= LINES) {
        break;
      }
      if (!evidence.contains(sequence)) {
        evidence.add(sequence);
      }
    }
  }

  Actor actor() {
    return actor;
  }

  Set<String> detectors() {
    return detectors;
  }

  Set<String> owasp() {
    return owasp;
  }

  Set<String> attack() {
    return attack;
  }

  List<String> summaries() {
    return summaries;
  }

  /** Sequences of the first lines that speak for it. */
  List<Long> evidence() {
    return evidence;
  }

  /** The signal that weighs most. */
  Signal worst() {
    return worst;
  }

  Instant first() {
    return first;
  }

  Instant last() {
    return last;
  }

  long signals() {
    return signals;
  }
}
