package dev.portcullis.analyze;

import dev.portcullis.analyze.Actors.Kind;
import dev.portcullis.analyze.Actors.Who;
import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Detection;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells events to the detectors in order, keeps what each source, credential and anonymous route
 * took, and puts signals about the same one into one incident. Not thread-safe.
 */
final class Fold {
  /** Incidents told apart; of those beyond, signals are only counted. */
  static final int INCIDENTS = 500;

  private final Detection detection;
  private final Consumer<Signal> heard;
  private final Actors actors = new Actors();
  private final Map<Who, Suspicion> suspicions = new LinkedHashMap<>();
  private final Timeline hostile = new Timeline();
  private long unassigned;

  Fold(DetectorSettings settings, Consumer<Signal> heard) {
    detection = new Detection(settings);
    this.heard = heard;
  }

  /** The next event of a file, of which so many lines come before the event's piece. */
  void accept(LogFile file, long linesBefore, Event event) {
    Exchange exchange = event.exchange();
    long sequence = Evidences.sequence(file.number(), linesBefore + event.line());
    actors.saw(sequence, event);
    if (!exchange.findings().isEmpty()) {
      hostile.add(exchange.at().toEpochMilli() * 1_000, Timeline.HOSTILE, 1);
    }
    for (Signal signal : detection.accept(new JournalEntry(sequence, exchange))) {
      heard.accept(signal);
      raised(signal);
    }
  }

  private void raised(Signal signal) {
    Who key = who(signal);
    Suspicion known = suspicions.get(key);
    if (known == null && suspicions.size() >= INCIDENTS) {
      unassigned++;
      return;
    }
    Suspicion suspicion = known == null ? new Suspicion(actors.pinned(key), signal) : known;
    suspicions.put(key, suspicion);
    suspicion.add(signal);
    if (!signal.detector().equals("injection")) {
      hostile.add(signal.at().toEpochMilli() * 1_000, Timeline.HOSTILE, suspicion.fresh(signal));
    }
  }

  /** Whom it is about: the credential, else the source, else the route. */
  private static Who who(Signal signal) {
    Optional<Who> source = signal.principals().source().map(name -> new Who(Kind.SOURCE, name));
    Optional<Who> credential =
        signal.principals().credential().map(name -> new Who(Kind.CREDENTIAL, name));
    Optional<Who> who =
        signal.detector().equals("injection") ? source : credential.or(() -> source);
    return who.orElseGet(() -> new Who(Kind.ROUTE, signal.principals().route().orElse("")));
  }

  Collection<Suspicion> suspicions() {
    return suspicions.values();
  }

  /** Signals that found no place. */
  long unassigned() {
    return unassigned;
  }

  Timeline hostile() {
    return hostile;
  }

  /** How many keys the detectors hold a state for. */
  int states() {
    return detection.states();
  }
}
