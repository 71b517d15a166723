package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A route that is asked with credentials answers somebody without (OWASP API2:2023 Broken
 * Authentication, ATT&amp;CK T1190 Exploit Public-Facing Application): a check that was lost in a
 * change, or a way around it.
 *
 * <p><b>Sees</b>, per route: requests without a credential that were let through, where for a day
 * and {@value #ENOUGH} requests all but one in a hundred had one. The source is named if it is one,
 * else the route.
 *
 * <p><b>Misses</b>: routes that were open from the beginning; the first day of a route.
 */
final class AuthenticationBypass implements Alone<AuthenticationBypass.Door> {
  /** Requests with a credential that make a rule. */
  static final int ENOUGH = 500;

  private static final double STRANGERS = 0.01;
  private static final Duration RULE = Duration.ofDays(1);

  private final DetectorSettings.AuthenticationBypass settings;
  private final Raise raise;

  AuthenticationBypass(DetectorSettings.AuthenticationBypass settings) {
    this.settings = settings;
    raise = new Raise(name(), "API2:2023", "T1190");
  }

  /** Who goes through one route. */
  static final class Door {
    private final Evidence evidence = new Evidence();
    private final Known sources = new Known(256);
    private final RollingCount strangers;
    private final Quiet quiet;
    private double members;
    private double passed;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    Door(Duration window) {
      strangers = new RollingCount(window);
      quiet = new Quiet(window);
    }

    boolean isRule() {
      return members >= ENOUGH && passed <= STRANGERS * members && last - first >= RULE.toMillis();
    }
  }

  @Override
  public String name() {
    return "authentication-bypass";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    boolean let =
        exchange.outcome() instanceof Outcome.Forwarded
            && exchange.status() != 401
            && exchange.status() != 403;
    return let ? exchange.route() : Optional.empty();
  }

  @Override
  public Door initial() {
    return new Door(settings.window());
  }

  @Override
  public int weight(Door state) {
    return state.evidence.size() + state.sources.size() + 4;
  }

  @Override
  public List<Signal> fold(Door door, NoCohort cohort, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    door.last = Math.max(door.last, exchange.at().toEpochMilli());
    long now = door.last;
    door.first = Math.min(door.first, now);
    if (exchange.credential().isPresent()) {
      door.members++;
      return List.of();
    }
    if (!door.isRule()) {
      door.passed++;
      return List.of();
    }
    door.strangers.add(now, 1);
    long since = now - settings.window().toMillis();
    door.evidence.forgetBefore(since);
    door.evidence.add(
        new Sighting(now, entry.sequence(), exchange.source(), exchange.route().orElse(""), 1));
    int count = door.strangers.at(now);
    if (count < settings.requests() || !door.quiet.allows(now, count)) {
      return List.of();
    }
    door.quiet.raised(now, count);
    // The second source tells that addresses are no hindrance: from then on it is the route.
    Optional<String> source = door.evidence.source(since);
    boolean one = source.isPresent() && (door.sources.size() == 0 || !isNew(door, source.get()));
    source.ifPresent(each -> door.sources.add(Hashes.of(each)));
    return List.of(
        raise.signal(
            one ? source.get() : "*",
            entry,
            Severity.CRITICAL,
            Raise.confidence(count, settings.requests()),
            new Principals(
                Optional.empty(),
                Optional.empty(),
                one ? source : Optional.empty(),
                exchange.route()),
            "Route %s let %d requests without a credential through within %s; %.0f others all had one"
                .formatted(
                    exchange.route().orElse("?"), count, Words.of(settings.window()), door.members),
            door.evidence.since(since)));
  }

  private static boolean isNew(Door door, String source) {
    return !door.sources.contains(Hashes.of(source));
  }
}
