package dev.portcullis.scope;

import dev.portcullis.journal.JournalEntry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All exchanges of one use, kept apart by whether they are named and by when they were. */
final class Strand {
  /** A client that was there so often, and long, before the breach has a history. */
  static final int HABIT = 3;

  private static final int SESSIONS = 64;

  /** What an exchange is to the breach. */
  enum Slot {
    /** Named, before the first evidence. */
    BEFORE(true),
    /** Named, since then. */
    SINCE(true),
    /** Named, since then, and nothing that the same client did not do before. */
    FAMILIAR(true),
    /** Not named, before the first evidence. */
    OTHER_BEFORE(false),
    /** Not named, since then. */
    OTHER(false);

    private final boolean named;

    Slot(boolean named) {
      this.named = named;
    }
  }

  private final Use use;
  private final Room room;
  private final Map<Slot, Tally> tallies = new EnumMap<>(Slot.class);
  private final Set<String> sessions = new HashSet<>(2);
  private final Set<String> hostileSessions = new HashSet<>(2);
  private Instant first = Instant.MAX;
  private long evidence;
  private boolean byTerm;

  Strand(Use use, Room room) {
    this.use = use;
    this.room = room;
  }

  void add(JournalEntry entry, Criteria.Why why, boolean isEvidence, boolean before) {
    Instant at = entry.exchange().at();
    first = first.isBefore(at) ? first : at;
    evidence += isEvidence ? 1 : 0;
    byTerm |= why == Criteria.Why.TERM;
    boolean named = why != Criteria.Why.NONE;
    entry
        .exchange()
        .client()
        .session()
        .filter(session -> sessions.size() < SESSIONS)
        .ifPresent(named ? hostileSessions::add : sessions::add);
    Slot slot;
    if (named) {
      slot = before ? Slot.BEFORE : isFamiliar(entry) ? Slot.FAMILIAR : Slot.SINCE;
    } else {
      slot = before ? Slot.OTHER_BEFORE : Slot.OTHER;
    }
    tallies.computeIfAbsent(slot, each -> new Tally(room, each.named)).add(entry);
  }

  private boolean isFamiliar(JournalEntry entry) {
    return find(Slot.BEFORE).filter(before -> before.knows(entry.exchange())).isPresent();
  }

  Use use() {
    return use;
  }

  Optional<Tally> find(Slot slot) {
    return Optional.ofNullable(tallies.get(slot));
  }

  boolean isNamed() {
    return tallies.keySet().stream().anyMatch(slot -> slot.named);
  }

  /** Whether more than single exchanges of it are named. */
  boolean byTerm() {
    return byTerm;
  }

  Instant first() {
    return first;
  }

  long evidence() {
    return evidence;
  }

  Set<String> hostileSessions() {
    return hostileSessions;
  }

  Set<String> sessions() {
    return sessions;
  }

  /** Exchanges that reached the upstream before the first evidence. */
  long answeredBefore() {
    return find(Slot.BEFORE).map(Tally::exchanges).orElse(0L)
        + find(Slot.OTHER_BEFORE).map(Tally::exchanges).orElse(0L);
  }

  /** Whether it was there long before that other use, at that moment. */
  boolean isOlder(Strand other, Instant moment) {
    return !first.plus(room.lead(moment)).isAfter(other.first);
  }

  /** Whether it was there long before that moment. */
  boolean isSettled(Instant moment) {
    return answeredBefore() >= HABIT && !first.isAfter(moment.minus(room.lead(moment)));
  }
}
