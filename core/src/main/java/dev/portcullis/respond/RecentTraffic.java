package dev.portcullis.respond;

import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Who used what in the last hour, from the journal, counted by the minute. Each look reads only
 * what was written since the one before: a preview costs milliseconds also where an hour is many
 * exchanges, and an automatic order can't wait for longer.
 */
final class RecentTraffic {
  /** Looked back over, to the minute. */
  static final Duration WINDOW = Duration.ofHours(1);

  /** Exchanges that one look reads at most; of more, the newest. */
  static final long MAX_ENTRIES = 1_000_000;

  /** Distinct users in all minutes together; beyond it the oldest minute is given up. */
  static final int MAX_USES = 200_000;

  /** Who used what. */
  record Use(
      Optional<String> credential,
      Optional<String> account,
      String source,
      Optional<String> route,
      boolean safe) {}

  /**
   * What matched.
   *
   * @param exchanges among them
   * @param accounts sorted
   * @param sources sorted
   */
  record Hits(long exchanges, Set<String> accounts, Set<String> sources) {}

  /** RFC 9110 §9.2.1. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final Journal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Long, Map<Use, Long>> minutes = new TreeMap<>();

  /** How many of the uses name each account. */
  private final Map<String, Integer> accountUses = new HashMap<>();

  private int uses;
  private long next = -1;
  private Instant knownSince = Instant.MIN;
  private Optional<String> unreadable = Optional.empty();

  RecentTraffic(Journal journal) {
    this.journal = journal;
  }

  /** Reads what is new. */
  void refresh(Instant now) {
    lock.lock();
    try {
      Instant cutoff = now.minus(WINDOW);
      try {
        read(cutoff);
        unreadable = Optional.empty();
      } catch (JournalException e) {
        unreadable = Optional.of(String.valueOf(e.getMessage()));
      }
      while (!minutes.isEmpty() && minutes.firstKey() < minute(cutoff)) {
        dropOldest();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What matched in the window, as of the last {@link #refresh}. */
  Hits hits(Predicate<Use> matches) {
    lock.lock();
    try {
      long exchanges = 0;
      Set<String> accounts = new HashSet<>();
      Set<String> sources = new HashSet<>();
      for (Map<Use, Long> minute : minutes.values()) {
        for (Map.Entry<Use, Long> entry : minute.entrySet()) {
          Use use = entry.getKey();
          if (matches.test(use)) {
            exchanges += entry.getValue();
            use.account().ifPresent(accounts::add);
            sources.add(use.source());
          }
        }
      }
      return new Hits(exchanges, new TreeSet<>(accounts), new TreeSet<>(sources));
    } finally {
      lock.unlock();
    }
  }

  /** All accounts seen in the window, as of the last {@link #refresh}. */
  Set<String> accounts() {
    lock.lock();
    try {
      return new TreeSet<>(accountUses.keySet());
    } finally {
      lock.unlock();
    }
  }

  /** What is not known about the window, if anything: a sentence. */
  Optional<String> gap(Instant now) {
    lock.lock();
    try {
      if (unreadable.isPresent()) {
        return Optional.of("The journal can't be read: " + unreadable.get() + ".");
      }
      return knownSince.isAfter(now.minus(WINDOW))
          ? Optional.of(
              "Only exchanges since %s are counted (at most %,d exchanges and %,d distinct users)."
                  .formatted(knownSince, MAX_ENTRIES, MAX_USES))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Why the journal can't be read, if it can't. */
  boolean isUnreadable() {
    lock.lock();
    try {
      return unreadable.isPresent();
    } finally {
      lock.unlock();
    }
  }

  private void read(Instant cutoff) {
    long end = journal.end();
    if (next < 0) {
      next = journal.firstSince(cutoff, Math.max(0, end - MAX_ENTRIES), end);
    }
    boolean skipping = end - next > MAX_ENTRIES;
    if (skipping || (next > 0 && next == end - MAX_ENTRIES)) {
      next = end - MAX_ENTRIES;
      skipping = true;
    }
    try (var reader = journal.read(next)) {
      while (next < end && reader.hasNext()) {
        var entry = reader.next();
        next = entry.sequence() + 1;
        Instant at = entry.exchange().at();
        if (skipping) {
          knownSince = at;
          skipping = false;
        }
        if (!at.isBefore(cutoff)) {
          count(entry.exchange());
        }
      }
    }
  }

  private void count(Exchange exchange) {
    var use =
        new Use(
            exchange.credential(),
            exchange.account(),
            exchange.source(),
            exchange.route(),
            SAFE.contains(exchange.method()));
    Map<Use, Long> minute = minutes.computeIfAbsent(minute(exchange.at()), m -> new HashMap<>());
    if (minute.merge(use, 1L, Long::sum) == 1) {
      uses++;
      use.account().ifPresent(account -> accountUses.merge(account, 1, Integer::sum));
    }
    while (uses > MAX_USES && minutes.size() > 1) {
      knownSince = Instant.ofEpochSecond((minutes.firstKey() + 1) * 60);
      dropOldest();
    }
    if (uses > MAX_USES) {
      minute.remove(use);
      forget(use);
      knownSince = exchange.at();
    }
  }

  private void dropOldest() {
    minutes.pollFirstEntry().getValue().keySet().forEach(this::forget);
  }

  private void forget(Use use) {
    uses--;
    use.account()
        .ifPresent(account ->
            accountUses.computeIfPresent(account, (name, count) -> count == 1 ? null : count - 1));
  }

  private static long minute(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 60);
  }
}
