package dev.portcullis.gate;

import dev.portcullis.gate.observe.Findings;
import dev.portcullis.gate.observe.Observed;
import dev.portcullis.identity.Principal;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.Recording;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an exchange of what happened and hands it to the journal. */
final class Recorder {
  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
  private static final long LOUD_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Journal journal;
  private final RecordedPath paths;
  private final GateMeters meters;
  private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - LOUD_EVERY_NANOS);
  private final AtomicLong unsaid = new AtomicLong();

  Recorder(Journal journal, RecordedPath paths, GateMeters meters) {
    this.journal = journal;
    this.paths = paths;
    this.meters = meters;
  }

  /** Whether the journal says that it can't record. */
  boolean isImpossible() {
    return journal.health().failure().isPresent();
  }

  /** Appends; {@code then} runs on the passage's event loop with the reason if it was lost. */
  void record(
      Passage passage,
      Outcome outcome,
      int status,
      long responseBytes,
      Findings observed,
      Journal.Durability durability,
      Consumer<Optional<String>> then) {
    long nanos = System.nanoTime() - passage.started();
    count(passage, outcome, nanos);
    var receipt = new Receipt(passage.client().lane().loop(), then);
    Findings written = passage.written();
    Recording recording =
        recording(passage, outcome, status, responseBytes, observed, written, nanos);
    if (observed instanceof Observed && written instanceof Observed) {
      journal.append(recording, durability, receipt);
    } else {
      observed.whenKnown(
          response -> written.whenKnown(request -> journal.append(recording, durability, receipt)));
    }
  }

  // All that may still change is taken down now: the exchange is made on another thread.
  private Recording recording(
      Passage passage,
      Outcome outcome,
      int status,
      long responseBytes,
      Findings observed,
      Findings written,
      long nanos) {
    Optional<GateRequest> request = passage.request();
    var principal = request.flatMap(GateRequest::principal);
    var claimed = request.flatMap(GateRequest::claimed);
    var client =
        passage
            .client()
            .traits()
            .of(passage.message().head(), principal.flatMap(Principal::session));
    var route = passage.route();
    var message = passage.message();
    var findings = List.copyOf(passage.findings());
    var at = passage.at();
    String source = passage.client().source();
    long requestBytes = passage.requestBytes();
    return new Recording() {
      @Override
      public Instant at() {
        return at;
      }

      @Override
      public Exchange exchange(Pseudonyms pseudonyms) {
        return new Exchange(
            at,
            Duration.ofNanos(nanos / 1_000 * 1_000),
            route.map(each -> each.settings().name()),
            principal.map(who -> who.credential()),
            principal.map(who -> who.account()),
            claimed,
            source,
            client,
            RecordedPath.method(message.method()),
            paths.of(message.target(), route, pseudonyms),
            status,
            requestBytes,
            responseBytes,
            outcome,
            findings,
            carried(observed.known(), pseudonyms),
            carried(written.known(), pseudonyms));
      }
    };
  }

  private static Carried carried(Observed observed, Pseudonyms pseudonyms) {
    return observed == Observed.NOTHING
        ? Carried.NOTHING
        : new Carried(
            Set.copyOf(observed.dataClasses()),
            pseudonymised(observed.subjects(), pseudonyms),
            observed.records(),
            observed.observation(),
            observed.unobserved());
  }

  private static List<Pseudonym> pseudonymised(Set<String> subjects, Pseudonyms pseudonyms) {
    if (subjects.isEmpty()) {
      return List.of();
    }
    var sorted = new TreeSet<Pseudonym>();
    subjects.forEach(subject -> sorted.add(pseudonyms.of(subject)));
    return List.copyOf(sorted);
  }

  private void count(Passage passage, Outcome outcome, long nanos) {
    GateMeters.OfRoute of = passage.route().map(GateRoute::meters).orElse(meters.unmatched());
    switch (outcome) {
      case Outcome.Forwarded() -> of.forwarded().increment();
      case Outcome.Refused(String control, String reason) -> {
        of.refused().increment();
        meters.hit(reason);
      }
      case Outcome.Failed(String reason) -> {
        of.failed().increment();
        meters.hit(reason);
      }
    }
    of.latency(nanos);
  }

  /** A response leaves without a record: said loudly, but not once per request. */
  void unrecorded(String route, String reason) {
    meters.unrecorded();
    long waiting = unsaid.incrementAndGet();
    long now = System.nanoTime();
    long last = saidAt.get();
    if (now - last >= LOUD_EVERY_NANOS && saidAt.compareAndSet(last, now)) {
      unsaid.addAndGet(-waiting);
      LOG.error(
          "{} responses left UNRECORDED, the last on route {}: the journal says {}, and the route"
              + " has when-full: continue. Make room for the journal, or set when-full: refuse.",
          waiting,
          route,
          reason);
    }
  }
}
