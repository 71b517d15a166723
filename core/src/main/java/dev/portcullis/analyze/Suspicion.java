package dev.portcullis.analyze;

import dev.portcullis.detect.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Signals about the same one, on the way to an incident of the report. Not thread-safe. */
final class Suspicion {
  private static final int LINES = 10;

  private final Actor actor;
  private final Set<String> detectors = new TreeSet<>();
  private final Set<String> owasp = new TreeSet<>();
  private final Set<String> attack = new TreeSet<>();
  private final Map<String, List<String>> summaries = new TreeMap<>();
  private final List<Long> evidence = new ArrayList<>();
  private Signal worst;
  private Instant first;
  private Instant last;
  private long signals;
  private long spokenOf = -1;

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
    String summary = Words.objects(signal.summary());
    List<String> said = summaries.computeIfAbsent(signal.detector(), unheard -> new ArrayList<>(2));
    if (said.size() == 2) {
      said.removeLast(); // the newest says most, the oldest when it began
    }
    said.add(summary);
    for (long sequence : signal.evidence()) {
      if (evidence.size() >= LINES) {
        break;
      }
      if (!evidence.contains(sequence)) {
        evidence.add(sequence);
      }
    }
  }

  /** How many lines of its evidence no signal spoke of before. */
  long fresh(Signal signal) {
    long before = spokenOf;
    long fresh = signal.evidence().stream().filter(sequence -> sequence > before).count();
    spokenOf = Math.max(before, signal.evidence().isEmpty() ? before : signal.evidence().getLast());
    return fresh;
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

  /** Of each detector the first and the last. */
  List<String> summaries() {
    return summaries.values().stream().flatMap(List::stream).toList();
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
