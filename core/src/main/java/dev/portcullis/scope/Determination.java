package dev.portcullis.scope;

import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One determination of a scope: first the entries that have to do with what is known to be bad, in
 * one reading; then those near what that brought up, in a second. Memory is bounded by {@link
 * ScopeLimits}; the journal is read only through selections.
 */
public final class Determination {
  private static final String CLASSES =
      "A data class counts for every data subject named in a response that carried the class";

  /** Where the exchanges are. */
  public interface Records {
    /** From that sequence on. */
    JournalReader read(long from);

    /** Those asked for, in order. */
    JournalReader select(Selection selection);

    /** The sequence after the last. */
    long end();

    /** Those of a journal. */
    static Records of(Journal journal) {
      return new Records() {
        @Override
        public JournalReader read(long from) {
          return journal.read(from);
        }

        @Override
        public JournalReader select(Selection selection) {
          return journal.select(selection);
        }

        @Override
        public long end() {
          return journal.end();
        }
      };
    }
  }

  private final Criteria criteria;
  private final Records records;
  private final Room room;
  private final List<String> unknown = new ArrayList<>();
  private final List<Selection> read = new ArrayList<>();
  private final long end;

  private Determination(Criteria criteria, Records records, ScopeLimits limits) {
    this.criteria = criteria;
    this.records = records;
    end = records.end();
    room = new Room(limits, begin());
  }

  /**
   * Determines one within the usual limits.
   *
   * @param incident its id, or what stands for one
   * @param naming gives the proposed pivots their ids
   * @param upstream of a route; empty if the route is no longer configured
   */
  public static Scope of(
      String incident,
      Instant now,
      Criteria criteria,
      Records records,
      UnaryOperator<List<Pivot>> naming,
      Function<String, Optional<String>> upstream) {
    return of(incident, now, criteria, records, ScopeLimits.DEFAULT, naming, upstream);
  }

  static Scope of(
      String incident,
      Instant now,
      Criteria criteria,
      Records records,
      ScopeLimits limits,
      UnaryOperator<List<Pivot>> naming,
      Function<String, Optional<String>> upstream) {
    return new Determination(criteria, records, limits).run(incident, now, naming, upstream);
  }

  private Scope run(
      String incident,
      Instant now,
      UnaryOperator<List<Pivot>> naming,
      Function<String, Optional<String>> upstream) {
    var strands = new Strands(criteria, onset(), room);
    read(criteria.selection(), strands, () -> false);
    var near = new Near(strands.named());
    strands.lookNear(near);
    if (!strands.named().isEmpty()) {
      Optional<Instant> until = criteria.question().flatMap(Question::until);
      read(near.selection(until), strands, () -> false);
      readBySoftware(near, until, strands);
    }
    Counted counted =
        criteria
            .question()
            .map(question -> Counted.asked(strands, question.from()))
            .orElseGet(() -> Counted.of(strands));
    var edges = new Edges(criteria, strands, counted);
    List<Pivot> pivots = naming.apply(edges.proposals());
    Tally total = counted.total();

    var open = new ArrayList<String>(criteria.unknown());
    open.addAll(total.unknown());
    open.addAll(unknown);
    open.addAll(counted.unknown());
    open.addAll(beyond(strands, near));
    open.addAll(undecided(pivots));
    var words = new ArrayList<String>(criteria.words());
    words.add(CLASSES);
    words.addAll(edges.excluded());
    Set<String> upstreams = new TreeSet<>();
    for (String route : total.routes().keySet()) {
      upstream.apply(route).ifPresent(upstreams::add);
      if (upstream.apply(route).isEmpty()) {
        open.add(
            "Route " + route + " is no longer configured: which upstream it reached is not known");
      }
    }
    return new Scope(
        incident,
        now,
        end,
        total.first(),
        total.lastAnswered(),
        total.exchanges(),
        total.refused(),
        total.bytes(),
        Collections.unmodifiableMap(total.routes()),
        Collections.unmodifiableSet(upstreams),
        Collections.unmodifiableMap(total.dataClasses()),
        total.subjects(),
        total.writes(),
        List.copyOf(words),
        List.copyOf(open),
        total.records(),
        total.unobserved(),
        total.notModified(),
        counted.split(),
        List.copyOf(pivots));
  }

  private Instant begin() {
    try (JournalReader reader = records.read(0)) {
      return reader.hasNext() ? reader.next().exchange().at() : Instant.EPOCH;
    } catch (JournalException e) {
      return Instant.EPOCH; // The reading that follows names what can't be read.
    }
  }

  /** When the breach begins at the latest: the first exchange that a signal names. */
  private Optional<Instant> onset() {
    if (criteria.question().isPresent()) {
      return criteria.question().flatMap(Question::from);
    }
    if (criteria.firstEvidence().isEmpty()) {
      return Optional.empty();
    }
    long sequence = criteria.firstEvidence().getAsLong();
    if (sequence >= end) {
      return Optional.empty();
    }
    try (JournalReader reader = records.read(sequence)) {
      JournalEntry entry = reader.hasNext() ? reader.next() : null;
      if (entry != null && entry.sequence() == sequence) {
        Instant at = entry.exchange().at();
        // A thief is rarely noticed at once: what came shortly before is no history.
        return Optional.of(at.minus(room.lead(at)));
      }
    } catch (JournalException e) {
      unknown.add("The journal cannot be read at sequence " + sequence + ": " + e.getMessage());
      return Optional.empty();
    }
    unknown.add(
        "Exchange " + sequence + ", the first that a signal names, is no longer in the journal");
    return Optional.empty();
  }

  /** One fingerprint at a time, and no further than to see that it is common. */
  private void readBySoftware(Near near, Optional<Instant> until, Strands strands) {
    Set<String> fingerprints = near.fingerprints();
    for (String each : fingerprints.stream().limit(ScopeLimits.FINGERPRINTS).toList()) {
      read(Near.selection(each, until), strands, () -> strands.isCommon(each));
    }
    if (fingerprints.size() > ScopeLimits.FINGERPRINTS) {
      unknown.add(
          "Neighbours with one of %d further TLS fingerprints were not looked for (limit: %d)"
              .formatted(fingerprints.size() - ScopeLimits.FINGERPRINTS, ScopeLimits.FINGERPRINTS));
    }
  }

  private void read(Selection selection, Strands strands, BooleanSupplier isEnough) {
    long next = 0;
    try (JournalReader reader = records.select(selection)) {
      while (!isEnough.getAsBoolean() && reader.hasNext()) {
        JournalEntry entry = reader.next();
        if (entry.sequence() >= end) {
          break;
        }
        next = entry.sequence() + 1;
        if (read.stream().noneMatch(before -> before.matches(entry))) {
          strands.add(entry);
        }
      }
    } catch (JournalException e) {
      String line = "The journal cannot be read from sequence " + next + " on: " + e.getMessage();
      if (!unknown.contains(line)) {
        unknown.add(line);
      }
    }
    read.add(selection);
  }

  private List<String> beyond(Strands strands, Near near) {
    var lines = new ArrayList<String>();
    if (strands.beyondLimit() > 0) {
      lines.add(
          "%d exchanges of further sources and credentials near the breach were not followed: more than %d of them"
              .formatted(strands.beyondLimit(), room.limits().sightings()));
    }
    if (near.beyondLimit() > 0) {
      lines.add(
          "Neighbours of %d hostile uses were not looked for: more than %d names of one kind"
              .formatted(near.beyondLimit(), ScopeLimits.NAMES));
    }
    return lines;
  }

  private List<String> undecided(List<Pivot> pivots) {
    if (criteria.question().isPresent()) {
      return List.of();
    }
    String atLeast = room.othersExceeded() ? "at least " : "";
    List<String> lines =
        pivots.stream()
            .filter(each -> each.state() == Pivot.State.UNDECIDED)
            .map(each -> each.line(atLeast))
            .toList();
    int named = room.limits().named();
    if (lines.size() <= named) {
      return lines;
    }
    var shortened = new ArrayList<String>(lines.subList(0, named));
    shortened.add("%d further uses that may belong to the breach".formatted(lines.size() - named));
    return shortened;
  }
}
