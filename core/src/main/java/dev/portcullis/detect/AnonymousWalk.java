package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A route that needs no credential, walked from ever changing sources (OWASP API1:2023, ATT&amp;CK
 * T1119 Automated Collection). Whoever does it, it is the route that loses its objects.
 *
 * <p><b>Sees</b>, per route, among requests without a credential: how many objects were asked for
 * that nobody asked for before, in the window and over a day, against the route's own habit; a miss
 * counts half, a list for {@value #LIST} at most. And how many of all these requests were for such
 * objects: people come back to a page and share it, a walk never repeats itself. Below {@value
 * #FRESH} it is people.
 *
 * <p><b>Misses</b>: a walk that hides among more ordinary requests than a tenth of its own; one
 * over many weeks; the first {@code WARM_UP} of a journal, when everything is new. A mailing that
 * sends everybody to a different page, once, looks the same, and so does a new route that goes live
 * with a crowd. A walk from one source is left to {@link ObjectEnumeration}, which can name it.
 *
 * <p>Bounded: {@value #OBJECTS} objects are remembered per route; with more in a day, those come
 * back as new.
 */
final class AnonymousWalk implements Detector<AnonymousWalk.Visits, AnonymousWalk.Age> {
  /** Share of requests for new objects, at which they are a walk. */
  static final double FRESH = 0.9;

  /** What a list of new objects counts for at most: a page of twenty is one look. */
  static final int LIST = 5;

  /** Objects remembered per route. */
  static final int OBJECTS = 16_384;

  /** The minimum over a day, in minimums over the window. */
  static final int DAY_FACTOR = 4;

  /** Before that, everything is new. */
  static final Duration WARM_UP = Duration.ofHours(1);

  /** With a larger share of it, one source is the walker. */
  private static final double ONE_SOURCE = 0.5;

  private final DetectorSettings.AnonymousWalk settings;
  private final Raise raise;

  AnonymousWalk(DetectorSettings.AnonymousWalk settings) {
    this.settings = settings;
    raise = new Raise(name(), "API1:2023", "T1119");
  }

  /** How long the journal has been read. */
  static final class Age {
    private long first = Long.MAX_VALUE;
  }

  /** One length of time; objects are counted in halves. */
  private static final class Horizon {
    private final long millis;
    private final RollingCount objects;
    private final RollingCount fresh;
    private final RollingCount requests;
    private final Habit habit;
    private final Quiet quiet;

    Horizon(Duration length) {
      millis = length.toMillis();
      objects = new RollingCount(length);
      fresh = new RollingCount(length);
      requests = new RollingCount(length);
      habit = new Habit(length);
      quiet = new Quiet(length);
    }

    void count(long now, int halves) {
      habit.advance(now);
      requests.add(now, 1);
      fresh.add(now, halves > 0 ? 1 : 0);
      objects.add(now, halves);
      habit.reached(at(now));
    }

    double at(long now) {
      return objects.at(now) / 2.0;
    }

    boolean isWalk(long now, double threshold) {
      return at(now) >= threshold
          && fresh.at(now) >= FRESH * requests.at(now)
          && quiet.allows(now, at(now));
    }
  }

  /** What strangers asked of one route. */
  static final class Visits {
    private final Known known = new Known(OBJECTS);
    private final Evidence evidence = new Evidence();
    private final Horizon window;
    private final Horizon day = new Horizon(Walk.DAY);
    private boolean personal;
    private long last = Long.MIN_VALUE;

    Visits(DetectorSettings.AnonymousWalk settings) {
      window = new Horizon(settings.window());
    }
  }

  @Override
  public String name() {
    return "anonymous-walk";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    // Every route's traffic tells how long the journal has been read; what counts, the fold
    // decides.
    return entry.exchange().route();
  }

  private static boolean counts(Exchange exchange) {
    boolean told = !exchange.subjects().isEmpty() || exchange.status() == 404;
    return exchange.credential().isEmpty()
        && told
        && !(exchange.outcome() instanceof Outcome.Refused);
  }

  @Override
  public String cohort(JournalEntry entry) {
    return "";
  }

  @Override
  public Visits initial() {
    return new Visits(settings);
  }

  @Override
  public Age initialCohort() {
    return new Age();
  }

  @Override
  public int weight(Visits state) {
    return state.known.size() + state.evidence.size() + 8;
  }

  @Override
  public List<Signal> fold(Visits visits, Age age, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    visits.last = Math.max(visits.last, exchange.at().toEpochMilli());
    long now = visits.last;
    age.first = Math.min(age.first, now);
    if (!counts(exchange)) {
      return List.of();
    }
    visits.personal |= !exchange.subjects().isEmpty();
    int halves = halves(visits, exchange);
    visits.window.count(now, halves);
    visits.day.count(now, halves);
    visits.evidence.forgetBefore(now - Walk.DAY.toMillis());
    if (halves == 0) {
      return List.of();
    }
    visits.evidence.add(
        new Sighting(
            now, entry.sequence(), exchange.source(), exchange.route().orElse(""), halves));
    if (now - age.first < WARM_UP.toMillis()) {
      return List.of();
    }
    return raised(visits, visits.window, settings.minimum(), entry, now)
        .or(() ->
            // Before the first day is over, nobody knows what a day is like.
            now - age.first < Walk.DAY.toMillis() + WARM_UP.toMillis()
                ? Optional.empty()
                : raised(visits, visits.day, settings.minimum() * DAY_FACTOR, entry, now))
        .map(List::of)
        .orElse(List.of());
  }

  private static int halves(Visits visits, Exchange exchange) {
    if (exchange.subjects().isEmpty()) {
      boolean object = visits.personal || exchange.path().contains("/~");
      return object && visits.known.add(Hashes.of("miss " + exchange.path())) ? 1 : 0;
    }
    int fresh = 0;
    for (Pseudonym subject : exchange.subjects()) {
      fresh += visits.known.add(Hashes.of(subject.value())) ? 1 : 0;
    }
    // A page with something old on it is somebody's second look at it.
    return fresh >= FRESH * exchange.subjects().size() ? 2 * Math.min(fresh, LIST) : 0;
  }

  private Optional<Signal> raised(
      Visits visits, Horizon horizon, int minimum, JournalEntry entry, long now) {
    long since = now - horizon.millis;
    double threshold = Math.max(minimum, settings.factor() * horizon.habit.level(now));
    if (!horizon.isWalk(now, threshold) || visits.evidence.topSourceShare(since) > ONE_SOURCE) {
      return Optional.empty();
    }
    double count = horizon.at(now);
    horizon.quiet.raised(now, count);
    horizon.habit.raised();
    Exchange exchange = entry.exchange();
    String summary =
        "Anonymous clients with many addresses asked route %s for %.0f objects within %s that nobody had asked for (%.0f are usual at most), and hardly for one twice"
            .formatted(
                exchange.route().orElse("?"),
                count,
                Words.of(Duration.ofMillis(horizon.millis)),
                threshold);
    return Optional.of(
        raise.signal(
            exchange.route().orElse(""),
            entry,
            count >= 4 * threshold ? Severity.CRITICAL : Severity.HIGH,
            Raise.confidence(count, threshold),
            new Principals(Optional.empty(), Optional.empty(), Optional.empty(), exchange.route()),
            summary,
            visits.evidence.since(since)));
  }
}
