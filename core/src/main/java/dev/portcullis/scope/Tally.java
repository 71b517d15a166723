package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up exchanges. */
final class Tally {
  private final Room room;
  private final boolean counted;

  private Instant first = Instant.MAX;
  private Instant last = Instant.MIN;
  private Optional<Instant> lastAnswered = Optional.empty();
  private long exchanges;
  private long refused;
  private long bytes;
  private long records;
  private long notModified;
  private final Map<String, Long> routes = new TreeMap<>();
  private final List<Scope.Write> writes = new ArrayList<>();
  private final Doubts doubts = new Doubts();

  /**
   * Each subject with the classes that went out about it. The sets are shared between subjects:
   * there are few combinations, so that a subject costs one map entry.
   */
  private final Map<Pseudonym, Set<String>> subjects = new HashMap<>();

  private final Map<Set<String>, Set<String>> combinations = new HashMap<>();
  private final Set<String> classes = new TreeSet<>();
  private long mentionsBeyondLimit;
  private long writesBeyondLimit;

  /**
   * Within what is left of the limits.
   *
   * @param counted whether it may become part of the scope
   */
  Tally(Room room, boolean counted) {
    this.room = room;
    this.counted = counted;
  }

  /** One exchange. */
  void add(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    first = first.isBefore(exchange.at()) ? first : exchange.at();
    last = last.isAfter(exchange.at()) ? last : exchange.at();
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
    if (counted) {
      addWrite(entry);
      doubts.add(exchange);
    }
    notModified += exchange.status() == 304 ? 1 : 0;
    if (Doubts.carries(exchange)) {
      records += exchange.response().records();
      addSubjects(exchange);
    }
  }

  private void addWrite(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    if (!exchange.isWrite() || exchange.status() < 200 || exchange.status() > 399) {
      return;
    }
    doubts.addWrite(exchange);
    if (room.takesWrite()) {
      writes.add(
          new Scope.Write(
              entry.sequence(),
              exchange.at(),
              exchange.method(),
              exchange.path(),
              exchange.status(),
              exchange.route(),
              exchange.request().dataClasses(),
              exchange.request().subjects()));
    } else {
      writesBeyondLimit++;
    }
  }

  private void addSubjects(Exchange exchange) {
    classes.addAll(exchange.dataClasses());
    for (Pseudonym subject : exchange.subjects()) {
      Set<String> known = subjects.get(subject);
      if (known == null && !room.takesSubject(counted)) {
        mentionsBeyondLimit++;
      } else {
        put(subject, exchange.dataClasses());
      }
    }
  }

  private void put(Pseudonym subject, Set<String> carried) {
    Set<String> known = subjects.get(subject);
    if (known == null) {
      subjects.put(subject, shared(carried));
    } else if (!known.containsAll(carried)) {
      var union = new HashSet<String>(known);
      union.addAll(carried);
      subjects.put(subject, shared(union));
    }
  }

  private Set<String> shared(Set<String> combination) {
    return combinations.computeIfAbsent(Set.copyOf(combination), each -> each);
  }

  /** Whether it holds the exchange's route and all of its subjects: something that is not new. */
  boolean knows(Exchange exchange) {
    return exchange.route().map(routes::containsKey).orElse(false)
        && subjects.keySet().containsAll(exchange.subjects());
  }

  /** Adds all of another. */
  void merge(Tally other) {
    first = first.isBefore(other.first) ? first : other.first;
    last = last.isAfter(other.last) ? last : other.last;
    if (other.lastAnswered.isPresent()
        && (lastAnswered.isEmpty() || other.lastAnswered.get().isAfter(lastAnswered.get()))) {
      lastAnswered = other.lastAnswered;
    }
    exchanges += other.exchanges;
    refused += other.refused;
    bytes += other.bytes;
    records += other.records;
    notModified += other.notModified;
    other.routes.forEach((route, count) -> routes.merge(route, count, Long::sum));
    writes.addAll(other.writes);
    doubts.merge(other.doubts);
    classes.addAll(other.classes);
    other.subjects.forEach(this::put);
    mentionsBeyondLimit += other.mentionsBeyondLimit;
    writesBeyondLimit += other.writesBeyondLimit;
  }

  /** The first exchange, refused ones included. */
  Optional<Instant> first() {
    return exchanges + refused == 0 ? Optional.empty() : Optional.of(first);
  }

  /** The last exchange, refused ones included. */
  Optional<Instant> last() {
    return exchanges + refused == 0 ? Optional.empty() : Optional.of(last);
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

  long records() {
    return records;
  }

  long notModified() {
    return notModified;
  }

  long unobserved() {
    return doubts.unobserved();
  }

  Map<String, Long> routes() {
    return routes;
  }

  List<Scope.Write> writes() {
    return writes.stream().sorted(Comparator.comparingLong(Scope.Write::sequence)).toList();
  }

  int subjectCount() {
    return subjects.size();
  }

  /** Sorted: the same journal gives the same list. */
  List<Pseudonym> subjects() {
    return subjects.keySet().stream().sorted().toList();
  }

  /** Each class with its number of subjects. */
  Map<String, Long> dataClasses() {
    var found = new TreeMap<String, Long>();
    classes.forEach(each -> found.put(each, 0L));
    subjects.values().forEach(each -> each.forEach(name -> found.merge(name, 1L, Long::sum)));
    return found;
  }

  Split.Part part() {
    return new Split.Part(exchanges, refused, subjects.size());
  }

  /** What the hostile exchanges leave open, in words. */
  List<String> unknown() {
    var lines = new ArrayList<String>();
    if (exchanges + refused == 0) {
      lines.add(
          "No exchange in the journal meets the criteria: the breach's beginning is not known");
    }
    lines.addAll(doubts.lines(String.join(", ", classes)));
    if (mentionsBeyondLimit > 0) {
      lines.add(
          "%d further mentions of data subjects are not listed: the limit of %d distinct data subjects is reached"
              .formatted(mentionsBeyondLimit, room.limits().subjects()));
    }
    if (writesBeyondLimit > 0) {
      lines.add(
          "%d further writes are not listed: the limit of %d is reached"
              .formatted(writesBeyondLimit, room.limits().writes()));
    }
    return lines;
  }
}
