package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up the hostile exchanges. */
final class Tally {
  private final ScopeLimits limits;

  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> lastAnswered = Optional.empty();
  private long exchanges;
  private long refused;
  private long bytes;
  private final Map<String, Long> routes = new TreeMap<>();
  private final List<Scope.Write> writes = new ArrayList<>();
  private long writesBeyondLimit;

  /**
   * Each subject with the classes that went out about it. The sets are shared between subjects:
   * there are few combinations, so that a subject costs one map entry.
   */
  private final Map<Pseudonym, Set<String>> subjects = new HashMap<>();

  private final Map<Set<String>, Set<String>> combinations = new HashMap<>();
  private final Set<String> classes = new TreeSet<>();
  private long mentionsBeyondLimit;

  private long partial;
  private long unreadable;
  private long broken;
  private long doubtfulWrites;
  private long nameless;

  Tally(ScopeLimits limits) {
    this.limits = limits;
  }

  /** One hostile exchange. */
  void add(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    if (first.isEmpty() || exchange.at().isBefore(first.get())) {
      first = Optional.of(exchange.at());
    }
    if (exchange.outcome() instanceof Outcome.Refused) {
      refused++;
      return;
    }
    exchanges++;
    bytes += exchange.responseBytes();
    exchange.route().ifPresent(route -> routes.merge(route, 1L, Long::sum));
    boolean answered = exchange.responseBytes() > 0 && exchange.status() < 400;
    if (answered && (lastAnswered.isEmpty() || exchange.at().isAfter(lastAnswered.get()))) {
      lastAnswered = Optional.of(exchange.at());
    }
    addWrite(entry);
    addSubjects(exchange);
    addDoubts(exchange);
  }

  private void addWrite(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    if (!exchange.isWrite() || exchange.status() < 200 || exchange.status() > 399) {
      return;
    }
    if (writes.size() == limits.writes()) {
      writesBeyondLimit++;
      return;
    }
    writes.add(
        new Scope.Write(
            entry.sequence(),
            exchange.at(),
            exchange.method(),
            exchange.path(),
            exchange.status()));
  }

  private void addSubjects(Exchange exchange) {
    classes.addAll(exchange.dataClasses());
    if (exchange.subjects().isEmpty() && !exchange.dataClasses().isEmpty()) {
      nameless++;
    }
    for (Pseudonym subject : exchange.subjects()) {
      Set<String> known = subjects.get(subject);
      if (known == null && subjects.size() == limits.subjects()) {
        mentionsBeyondLimit++;
      } else if (known == null) {
        subjects.put(subject, shared(exchange.dataClasses()));
      } else if (!known.containsAll(exchange.dataClasses())) {
        var union = new HashSet<String>(known);
        union.addAll(exchange.dataClasses());
        subjects.put(subject, shared(union));
      }
    }
  }

  private Set<String> shared(Set<String> combination) {
    return combinations.computeIfAbsent(Set.copyOf(combination), each -> each);
  }

  private void addDoubts(Exchange exchange) {
    if (exchange.outcome() instanceof Outcome.Failed(String reason)) {
      broken += exchange.responseBytes() > 0 ? 1 : 0;
      boolean reached = !reason.equals("upstream-refused");
      doubtfulWrites += reached && !isSafe(exchange.method()) ? 1 : 0;
    } else if (exchange.observation() == Observation.PARTIAL) {
      partial++;
    }
    if (exchange.observation() == Observation.UNREADABLE && exchange.responseBytes() > 0) {
      unreadable++;
    }
  }

  /** RFC 9110 §9.2.1. */
  private static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  /** The first hostile exchange, refused ones included. */
  Optional<Instant> first() {
    return first;
  }

  /** The last one that was answered with data. */
  Optional<Instant> lastAnswered() {
    return lastAnswered;
  }

  long exchanges() {
    return exchanges;
  }

  long refused() {
    return refused;
  }

  long bytes() {
    return bytes;
  }

  Map<String, Long> routes() {
    return routes;
  }

  List<Scope.Write> writes() {
    return List.copyOf(writes);
  }

  /** Sorted: the same journal gives the same list. */
  List<Pseudonym> subjects() {
    return subjects.keySet().stream().sorted().toList();
  }

  /** Each class with its number of subjects. */
  Map<String, Long> dataClasses() {
    var counted = new TreeMap<String, Long>();
    classes.forEach(each -> counted.put(each, 0L));
    subjects.values().forEach(each -> each.forEach(name -> counted.merge(name, 1L, Long::sum)));
    return counted;
  }

  /** What the hostile exchanges leave open, in words. */
  List<String> unknown() {
    var lines = new ArrayList<String>();
    if (exchanges + refused == 0) {
      lines.add(
          "No exchange in the journal meets the criteria: the breach's beginning is not known");
    }
    name(
        lines,
        partial,
        "were read for data subjects only in their first part: more subjects may be in them",
        "hostile answers");
    name(
        lines,
        unreadable,
        "could not be read for data subjects (not JSON, or encoded)",
        "hostile answers");
    name(
        lines,
        broken,
        "broke off midway: how much of them arrived is not known",
        "hostile answers");
    name(
        lines,
        doubtfulWrites,
        "failed midway: whether they took effect is not known",
        "hostile writes");
    name(
        lines,
        nameless,
        "carried " + String.join(", ", classes) + " but named no data subject",
        "hostile answers");
    name(
        lines,
        mentionsBeyondLimit,
        "are not listed: the limit of " + limits.subjects() + " distinct data subjects is reached",
        "further mentions of data subjects");
    name(
        lines,
        writesBeyondLimit,
        "are not listed: the limit of " + limits.writes() + " is reached",
        "further writes");
    return lines;
  }

  private static void name(List<String> lines, long count, String what, String whom) {
    if (count > 0) {
      lines.add(count + " " + whom + " " + what);
    }
  }
}
