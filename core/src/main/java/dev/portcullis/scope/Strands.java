package dev.portcullis.scope;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All uses at or near the breach, in one reading. */
final class Strands {
  private final Criteria criteria;
  private final Room room;
  private final Map<Use, Strand> strands = new HashMap<>();

  /** Who used a client's software before the breach; empty once it is too common to tell. */
  private final Map<Use.Software, Set<String>> sharers = new HashMap<>();

  private final Set<Use.Software> common = new HashSet<>();
  private Optional<Near> near = Optional.empty();
  private Optional<Instant> onset;
  private int others;
  private long beyondLimit;

  /**
   * @param onset the first evidence, as far as it is known; else the first named exchange
   */
  Strands(Criteria criteria, Optional<Instant> onset, Room room) {
    this.criteria = criteria;
    this.onset = onset;
    this.room = room;
  }

  /** From here on, uses that have nothing in common but their software are left if it is common. */
  void lookNear(Near hostile) {
    near = Optional.of(hostile);
  }

  void add(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    Criteria.Why why = criteria.why(entry);
    boolean named = why != Criteria.Why.NONE;
    if (named && onset.isEmpty()) {
      onset = Optional.of(exchange.at());
    }
    // Nothing named was seen yet: it is before.
    boolean before = onset.map(exchange.at()::isBefore).orElse(true);
    var use = Use.of(exchange);
    if (before && use.software().isKnown()) {
      share(use);
    }
    if (!named
        && common.contains(use.software())
        && near.filter(hostile -> hostile.isOnlySoftware(use)).isPresent()) {
      return;
    }
    Strand strand = strands.get(use);
    if (strand == null) {
      if (!named && others == room.limits().sightings()) {
        beyondLimit++;
        return;
      }
      others += named ? 0 : 1;
      strand = new Strand(use, room);
      strands.put(use, strand);
    }
    strand.add(entry, why, criteria.isEvidence(entry), before);
  }

  private void share(Use use) {
    if (common.contains(use.software())
        || (sharers.size() == room.limits().sightings() && !sharers.containsKey(use.software()))) {
      return;
    }
    Set<String> known = sharers.computeIfAbsent(use.software(), each -> new HashSet<>());
    known.add(use.principal());
    if (known.size() > ScopeLimits.SHARERS) {
      common.add(use.software());
      sharers.remove(use.software());
    }
  }

  /** Who used that software before the first evidence, as far as was read. */
  int usersBefore(Use.Software software) {
    return common.contains(software)
        ? ScopeLimits.SHARERS + 1
        : sharers.getOrDefault(software, Set.of()).size();
  }

  /** Whether so many used everything with that fingerprint that it ties nobody to anybody. */
  boolean isCommon(String fingerprint) {
    return near.stream()
        .flatMap(hostile -> hostile.software().stream())
        .filter(each -> each.fingerprint().filter(fingerprint::equals).isPresent())
        .allMatch(common::contains);
  }

  Collection<Strand> all() {
    return strands.values();
  }

  List<Strand> named() {
    return strands.values().stream().filter(Strand::isNamed).toList();
  }

  /** Grouped for looking up siblings. */
  static <K> Map<K, List<Strand>> by(
      Collection<Strand> all, java.util.function.Function<Use, Optional<K>> key) {
    var groups = new HashMap<K, List<Strand>>();
    for (Strand strand : all) {
      key.apply(strand.use())
          .ifPresent(value -> groups.computeIfAbsent(value, each -> new ArrayList<>()).add(strand));
    }
    return groups;
  }

  /** The first evidence, or the first named exchange. */
  Optional<Instant> onset() {
    return onset;
  }

  Set<Use.Software> common() {
    return common;
  }

  /** Exchanges of uses that were not followed. */
  long beyondLimit() {
    return beyondLimit;
  }

  Room room() {
    return room;
  }
}
