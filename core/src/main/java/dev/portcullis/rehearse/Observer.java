package dev.portcullis.rehearse;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Knows the truth, and measures against it what the detectors say. */
final class Observer {
  /** The part of the hostile requests that must be refused for an attack to count as contained. */
  private static final int LAST_PART = 20;

  private final BitSet hostile = new BitSet();
  private final BitSet hostileRefused = new BitSet();
  private final Set<Pseudonym> wanted = new HashSet<>();
  private final Set<Pseudonym> reached = new HashSet<>();
  private final Set<String> actedAs = new HashSet<>();
  private final List<Signal> truths = new ArrayList<>();
  private final Set<String> falsehoods = new HashSet<>();
  private final Map<String, Integer> signals = new TreeMap<>();
  private int whileLearning;
  private int hostileRequests;
  private long answered;
  private long ordinaryRefused;
  private Instant first = Instant.MAX;
  private Instant now = Instant.MIN;
  private Optional<Bound.Reached> noticed = Optional.empty();

  void saw(Request request, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    boolean contained =
        exchange.outcome() instanceof Outcome.Refused refused
            && refused.control().equals("containment");
    now = exchange.at();
    if (!request.hostile()) {
      ordinaryRefused += contained ? 1 : 0;
      return;
    }
    first = first.isBefore(now) ? first : now;
    hostile.set((int) entry.sequence());
    hostileRefused.set(hostileRequests, contained);
    hostileRequests++;
    if (request.outcome() instanceof Outcome.Forwarded) {
      wanted.addAll(request.subjects());
    }
    if (!contained) {
      answered++;
      reached.addAll(exchange.subjects());
      exchange.account().ifPresent(actedAs::add);
    }
  }

  void heardWhileLearning() {
    whileLearning++;
  }

  void heard(Signal signal) {
    signals.merge(signal.detector(), 1, Integer::sum);
    long right = signal.evidence().stream().filter(each -> hostile.get(each.intValue())).count();
    if (2 * right < signal.evidence().size() || right == 0) {
      falsehoods.add(whom(signal.principals()));
      return;
    }
    truths.add(signal);
    if (noticed.isEmpty()) {
      noticed =
          Optional.of(
              new Bound.Reached(
                  answered, reached.size(), Duration.between(first, now), actedAs.size()));
    }
  }

  /** What an incident would be about: signals about the same are one. */
  private static String whom(Principals principals) {
    return principals
        .credential()
        .or(principals::account)
        .or(principals::source)
        .or(principals::route)
        .orElse("nobody");
  }

  RehearsalResult result(Scenario scenario, Orders orders, List<JournalEntry> journal) {
    int last = Math.max(1, hostileRequests / LAST_PART);
    boolean contained =
        hostileRequests > 0
            && hostileRefused
                    .get(Math.max(0, hostileRequests - last), hostileRequests)
                    .cardinality()
                == last;
    boolean held =
        scenario.isBenign()
            ? falsehoods.isEmpty()
            : noticed.filter(scenario.bound()::holds).isPresent();
    Verdict verdict =
        scenario.isBenign()
            ? held ? Verdict.SILENT : Verdict.TRIPPED
            : held ? Verdict.HELD : noticed.isPresent() ? Verdict.LATE : Verdict.MISSED;
    return new RehearsalResult(
        scenario.name(),
        scenario.family(),
        verdict.word(),
        scenario.isBenign() ? "no signal" : scenario.bound().toString(),
        held,
        noticed.isPresent(),
        noticed.map(Bound.Reached::requests),
        noticed.map(Bound.Reached::subjects),
        noticed.map(each -> each.within().toSeconds()),
        contained,
        contained ? Optional.of((long) reached.size()) : Optional.empty(),
        wanted.size(),
        scenario.realSubjects(),
        journal.size(),
        new TreeMap<>(signals),
        whileLearning,
        truths.stream().findFirst().map(Signal::summary),
        falsehoods.size(),
        ordinaryRefused,
        orders.inForce().stream().sorted().toList(),
        orders.needPerson(),
        ScopeCheck.of(truths, journal, hostile, reached));
  }
}
