package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Broken object level authorisation, used: one credential meets ever more data subjects that it
 * never met before (OWASP API1:2023, ATT&amp;CK T1119 Automated Collection).
 *
 * <p><b>Sees</b>, per credential (per source on anonymous routes): how many subjects are new to it
 * in the window, from each source on its own and from all together, against what is usual for that
 * source with that credential, and against the others on the route as long as it has no history. So
 * a stolen key beside its owner is pinned to the thief's source, and a clinic that reads the same
 * patients all day has nothing new. A guess that hits nothing (404 at an object's path) counts
 * half. The same over a day, at {@value #DAY_FACTOR} times the minimum, for those who walk slowly.
 *
 * <p><b>Misses</b>: a thief at the owner's own address, within the owner's habit; subjects in lists
 * (more than {@value #LIST} in a response: {@link BulkExfiltration} counts those); anonymous walks
 * that change their source with every request; and whatever the routes do not name as subjects.
 */
final class ObjectEnumeration implements Detector<Walker, Peers> {
  /** A response with more subjects is a list, and reading a list is no walk. */
  static final int LIST = 10;

  /** The minimum over a day, in minimums over the window. */
  static final int DAY_FACTOR = 20;

  /** Sources that a walk must be spread over; with fewer, one of them stands out by itself. */
  static final int SPREAD = 4;

  /** Windows after which a history of its own is believed alone. */
  private static final int HISTORY = 3;

  /**
   * Whoever changes many records is mostly told to (personnel, a clean-up), and takes nothing: more
   * of it is needed than of reading. A POST may be a way of asking.
   */
  private static final Set<String> CHANGES = Set.of("PUT", "PATCH", "DELETE");

  private static final int CHANGES_FACTOR = 10;

  private final DetectorSettings.ObjectEnumeration settings;
  private final Raise raise;

  ObjectEnumeration(DetectorSettings.ObjectEnumeration settings) {
    this.settings = settings;
    raise = new Raise(name(), "API1:2023", "T1119");
  }

  @Override
  public String name() {
    return "object-enumeration";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    boolean served = !(exchange.outcome() instanceof Outcome.Refused);
    boolean told = !exchange.subjects().isEmpty() || exchange.status() == 404;
    return served && told && exchange.route().isPresent()
        ? Optional.of(
            exchange
                .credential()
                .map(id -> "credential:" + id)
                .orElse("source:" + exchange.source()))
        : Optional.empty();
  }

  @Override
  public String cohort(JournalEntry entry) {
    return entry.exchange().route().orElse("");
  }

  @Override
  public Walker initial() {
    return new Walker(settings);
  }

  @Override
  public Peers initialCohort() {
    return new Peers();
  }

  @Override
  public int weight(Walker state) {
    return state.weight();
  }

  @Override
  public List<Signal> fold(Walker walker, Peers peers, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    if (!exchange.subjects().isEmpty()) {
      peers.carriesSubjects();
    }
    long now = walker.advance(exchange.at().toEpochMilli());
    boolean change = CHANGES.contains(exchange.method());
    Walk own = change ? walker.changesFrom(exchange.source()) : walker.from(exchange.source());
    long key = Hashes.of(exchange.credential().orElse("") + "@" + exchange.source());
    peers.add(key, own.window.habit.advance(now));
    own.day.habit.advance(now);
    walker.together.window.habit.advance(now);
    walker.together.day.habit.advance(now);

    int fresh = count(own, peers, entry, now);
    if (!change) {
      count(walker.together, peers, entry, now);
    }
    if (fresh == 0) {
      return List.of();
    }
    List<Signal> signals = new ArrayList<>(0);
    double usual = peers.medianOfOthers(key);
    int minimum = settings.minimum() * (change ? CHANGES_FACTOR : 1);
    pinned(own, own.window, minimum, usual, entry, now).ifPresent(signals::add);
    if (signals.isEmpty()) {
      pinned(own, own.day, minimum * DAY_FACTOR, usual * DAY_FACTOR, entry, now)
          .ifPresent(signals::add);
    }
    if (signals.isEmpty() && !change && walker.sources() >= SPREAD) {
      spread(walker.together, usual, entry, now).ifPresent(signals::add);
    }
    return signals;
  }

  private static int count(Walk walk, Peers peers, JournalEntry entry, long now) {
    Exchange exchange = entry.exchange();
    int fresh = 0;
    if (exchange.subjects().isEmpty()) {
      boolean object = peers.isPersonal() || exchange.path().contains("/~");
      boolean guess = object && exchange.status() == 404;
      fresh = guess && walk.met(now, Hashes.of("guess " + exchange.path()), true) ? 1 : 0;
    } else if (exchange.subjects().size() <= LIST) {
      for (Pseudonym subject : exchange.subjects()) {
        fresh += walk.met(now, Hashes.of(subject.value()), false) ? 2 : 0;
      }
    }
    walk.evidence.forgetBefore(now - Walk.DAY.toMillis());
    if (fresh > 0) {
      walk.evidence.add(
          new Sighting(
              now, entry.sequence(), exchange.source(), exchange.route().orElse(""), fresh));
    }
    return fresh;
  }

  private double threshold(Walk.Horizon horizon, int minimum, double peers, long now) {
    double usual = horizon.habit.level(now);
    double base = horizon.habit.windows() >= HISTORY ? usual : Math.max(usual, peers);
    return Math.max(minimum, settings.factor() * base);
  }

  /** One source of the credential walks. */
  private Optional<Signal> pinned(
      Walk walk, Walk.Horizon horizon, int minimum, double peers, JournalEntry entry, long now) {
    double threshold = threshold(horizon, minimum, peers, now);
    if (!horizon.isOver(now, threshold)) {
      return Optional.empty();
    }
    return Optional.of(
        raised(walk, horizon, threshold, Optional.of(entry.exchange().source()), entry, now));
  }

  /** Several sources share the walk: none has more than half of it, or it would be pinned. */
  private Optional<Signal> spread(Walk walk, double peers, JournalEntry entry, long now) {
    double threshold = threshold(walk.window, settings.minimum(), peers, now);
    if (!walk.window.isOver(now, threshold)
        || walk.evidence.topSourceShare(now - walk.window.millis) > 0.5) {
      return Optional.empty();
    }
    return Optional.of(raised(walk, walk.window, threshold, Optional.empty(), entry, now));
  }

  private Signal raised(
      Walk walk,
      Walk.Horizon horizon,
      double threshold,
      Optional<String> source,
      JournalEntry entry,
      long now) {
    Exchange exchange = entry.exchange();
    double count = horizon.at(now);
    horizon.raised(now);
    long since = now - horizon.millis;
    Optional<String> route = walk.evidence.route(since).or(exchange::route);
    String summary =
        "%s met %.0f data subjects that were new to it within %s (%.0f are usual at most)%s"
            .formatted(
                exchange.credential().map(id -> "Credential " + id).orElse("An anonymous client"),
                Math.floor(count),
                Words.of(java.time.Duration.ofMillis(horizon.millis)),
                threshold,
                source.map(from -> ", all from " + from).orElse(", from several sources"));
    return raise.signal(
        exchange.credential().orElse("") + "@" + source.orElse("*"),
        entry,
        count >= 4 * threshold ? Severity.CRITICAL : Severity.HIGH,
        Raise.confidence(count, threshold),
        new Principals(exchange.credential(), exchange.account(), source, route),
        summary,
        walk.evidence.since(since));
  }
}
