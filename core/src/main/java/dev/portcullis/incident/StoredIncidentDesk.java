package dev.portcullis.incident;

import dev.portcullis.detect.Signal;
import dev.portcullis.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Incidents in the relational store. Each call that changes something is one transaction: after a
 * crash it has happened whole or not at all.
 */
public final class StoredIncidentDesk implements IncidentDesk {
  private final Jdbi jdbi;
  private final InstantSource clock;

  /** One writer at a time here, so that nobody waits inside the database with its busy timeout. */
  private final ReentrantLock writing = new ReentrantLock();

  /** On that store, with that clock. */
  public StoredIncidentDesk(Store store, InstantSource clock) {
    this.jdbi = store.jdbi();
    this.clock = clock;
  }

  @Override
  public Acceptance accept(Signal signal) {
    return write(handle -> {
      Optional<Long> before = SignalRows.incidentOf(handle, signal.id());
      if (before.isPresent()) {
        return new Acceptance(reread(handle, before.get()), false, false);
      }
      Optional<Long> known = Correlation.find(handle, signal);
      long number =
          known.isPresent() ? known.get() : IncidentRows.open(handle, signal, clock.instant());
      SignalRows.insert(handle, number, signal);
      IncidentRows.derive(handle, number, SignalRows.read(handle, number));
      Timeline.append(handle, number, signal.at(), TimelineEntry.MACHINE, "signal", line(signal));
      return new Acceptance(reread(handle, number), known.isEmpty(), true);
    });
  }

  @Override
  public List<Incident> list() {
    return jdbi.withHandle(IncidentRows::newest);
  }

  @Override
  public Optional<Incident> find(String id) {
    OptionalLong number = IncidentIds.parse(id);
    return number.isEmpty()
        ? Optional.empty()
        : jdbi.withHandle(handle -> IncidentRows.find(handle, number.getAsLong()));
  }

  @Override
  public List<Signal> signals(String id) {
    OptionalLong number = IncidentIds.parse(id);
    return number.isEmpty()
        ? List.of()
        : jdbi.withHandle(handle -> SignalRows.read(handle, number.getAsLong()));
  }

  @Override
  public List<TimelineEntry> timeline(String id) {
    OptionalLong number = IncidentIds.parse(id);
    return number.isEmpty()
        ? List.of()
        : jdbi.withHandle(handle -> Timeline.read(handle, number.getAsLong()));
  }

  @Override
  public void record(String id, Instant at, String author, String kind, String text) {
    write(handle -> {
      long number = existing(handle, id);
      Timeline.append(handle, number, at, author, kind, text);
      return number;
    });
  }

  @Override
  public Incident transition(String id, IncidentState to, String author, String reason) {
    requireReason(id, reason);
    return write(handle -> {
      long number = existing(handle, id);
      IncidentState from = IncidentRows.state(handle, number).orElseThrow();
      if (!from.next().contains(to)) {
        throw new IllegalArgumentException(
            "%s is %s and cannot become %s (expected: %s)"
                .formatted(id, from.word(), to.word(), words(from.next())));
      }
      return move(handle, number, to, author, from.word() + " -> " + to.word() + ": " + reason);
    });
  }

  @Override
  public Incident close(String id, String author, String reason) {
    requireReason(id, reason);
    if (author.isBlank() || author.equals(TimelineEntry.MACHINE)) {
      throw new IllegalArgumentException(
          "%s is closed by a person only (found: author '%s')".formatted(id, author));
    }
    return write(handle -> {
      long number = existing(handle, id);
      IncidentState from = IncidentRows.state(handle, number).orElseThrow();
      if (from == IncidentState.CLOSED) {
        throw new IllegalArgumentException(id + " is closed already");
      }
      List<IncidentState> skipped = from.skippedByClosing();
      String skipping = skipped.isEmpty() ? "" : ", skipping " + words(skipped);
      return move(
          handle,
          number,
          IncidentState.CLOSED,
          author,
          from.word() + " -> closed" + skipping + ": " + reason);
    });
  }

  private Incident move(Handle handle, long number, IncidentState to, String author, String text) {
    IncidentRows.setState(handle, number, to);
    Timeline.append(handle, number, clock.instant(), author, "state", text);
    return reread(handle, number);
  }

  private static long existing(Handle handle, String id) {
    OptionalLong number = IncidentIds.parse(id);
    if (number.isEmpty() || IncidentRows.state(handle, number.getAsLong()).isEmpty()) {
      throw new IllegalArgumentException(
          "There is no incident '%s' (expected: the id of one, such as INC-1)".formatted(id));
    }
    return number.getAsLong();
  }

  private static Incident reread(Handle handle, long number) {
    return IncidentRows.find(handle, number).orElseThrow();
  }

  private static void requireReason(String id, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "A reason is needed to move " + id + " on (found: none); say why");
    }
  }

  private static String line(Signal signal) {
    return "%s: %s (%s, confidence %.2f, %d exchanges)"
        .formatted(
            signal.detector(),
            signal.summary(),
            signal.severity().name().toLowerCase(Locale.ROOT),
            signal.confidence(),
            signal.evidence().size());
  }

  private static String words(Iterable<IncidentState> states) {
    return StreamSupport.stream(states.spliterator(), false)
        .sorted()
        .map(IncidentState::word)
        .collect(Collectors.joining(", "));
  }

  private <R> R write(HandleCallback<R, RuntimeException> work) {
    writing.lock();
    try {
      return jdbi.inTransaction(work);
    } finally {
      writing.unlock();
    }
  }
}
