package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Stolen passwords tried out from many sources, each of them a few times (OWASP API2:2023,
 * ATT&amp;CK T1110.004). {@link CredentialStuffing} sees one source that fails often; this sees a
 * route where everybody fails.
 *
 * <p><b>Sees</b>, per route: failed authentications in the window, how many accounts they named,
 * and how many accounts got in from a source that was not theirs. People who type their password
 * anew (after a release that logged everybody out) succeed in the end: where fewer than {@value
 * #MISSES} accounts fail for one that gets in, it is people. Once it is no longer people, every
 * account that gets in from a source that was not its own is named, those of the last window as
 * well, and that is critical.
 *
 * <p><b>Misses</b>: lists good enough that one password in four fits; slower than the threshold per
 * window; guesses that name no account. The first signal names nobody, because nobody can be named:
 * a person decides whether the route is closed.
 */
final class DistributedStuffing implements Alone<DistributedStuffing.Doors> {
  /** Accounts that fail for one that gets in. */
  static final int MISSES = 4;

  /** Pairs of account and source that are at home on a route. */
  static final int AT_HOME = 16_384;

  /** Entries of strangers that are remembered, to be named when it turns out what they were. */
  static final int STRANGERS = 64;

  private final DetectorSettings.DistributedStuffing settings;
  private final Raise raise;

  DistributedStuffing(DetectorSettings.DistributedStuffing settings) {
    this.settings = settings;
    raise = new Raise(name(), "API2:2023", "T1110.004");
  }

  /** Who tried to get in at one route. */
  static final class Doors {
    private final RollingCount failures;
    private final DistinctWindow failed;
    private final DistinctWindow admitted;
    private final Known atHome = new Known(AT_HOME);
    private final Deque<JournalEntry> strangers = new ArrayDeque<>();
    private final Evidence evidence = new Evidence();
    private final Quiet quiet;
    private long last = Long.MIN_VALUE;

    Doors(DetectorSettings.DistributedStuffing settings) {
      failures = new RollingCount(settings.window());
      failed = new DistinctWindow(settings.window());
      admitted = new DistinctWindow(settings.window());
      quiet = new Quiet(settings.window());
    }
  }

  @Override
  public String name() {
    return "distributed-stuffing";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    boolean relevant =
        failed(exchange)
            || (exchange.account().isPresent() && !(exchange.outcome() instanceof Outcome.Refused));
    return relevant ? Optional.of("route " + exchange.route().orElse("")) : Optional.empty();
  }

  private static boolean failed(Exchange exchange) {
    return exchange.outcome() instanceof Outcome.Refused refused
        && refused.control().equals("authentication")
        && exchange.claimed().isPresent();
  }

  @Override
  public Doors initial() {
    return new Doors(settings);
  }

  @Override
  public int weight(Doors state) {
    return state.failed.size()
        + state.admitted.size()
        + state.atHome.size()
        + state.strangers.size()
        + state.evidence.size();
  }

  @Override
  public List<Signal> fold(Doors doors, NoCohort cohort, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    doors.last = Math.max(doors.last, exchange.at().toEpochMilli());
    long now = doors.last;
    long since = now - settings.window().toMillis();
    doors.evidence.forgetBefore(since);
    while (!doors.strangers.isEmpty()
        && doors.strangers.getFirst().exchange().at().toEpochMilli() <= since) {
      doors.strangers.removeFirst();
    }
    if (failed(exchange)) {
      doors.failures.add(now, 1);
      doors.failed.add(now, Hashes.of(exchange.claimed().orElse("")));
      doors.evidence.add(sighting(entry, now));
      return isStuffing(doors, now) ? everybodyFails(doors, entry, now, since) : List.of();
    }
    String account = exchange.account().orElse("");
    if (!doors.atHome.add(Hashes.of(account + "@" + exchange.source()))) {
      return List.of();
    }
    doors.admitted.add(now, Hashes.of(account));
    if (isStuffing(doors, now)) {
      return List.of(gotIn(doors, entry, now, since));
    }
    doors.strangers.addLast(entry);
    if (doors.strangers.size() > STRANGERS) {
      doors.strangers.removeFirst();
    }
    return List.of();
  }

  private boolean isStuffing(Doors doors, long now) {
    long failed = doors.failed.at(now);
    return doors.failures.at(now) >= settings.failures()
        && failed >= settings.accounts()
        && failed >= MISSES * doors.admitted.at(now);
  }

  private List<Signal> everybodyFails(Doors doors, JournalEntry entry, long now, long since) {
    int failures = doors.failures.at(now);
    // One source that fails alone is named by the other detector.
    if (!doors.quiet.allows(now, failures)
        || doors.evidence.topSourceShare(since) >= Evidence.NARROW) {
      return List.of();
    }
    doors.quiet.raised(now, failures);
    var signals = new ArrayList<Signal>();
    String summary =
        "%d failed authentications for %d accounts on %s within %s, from many sources"
            .formatted(
                failures,
                doors.failed.at(now),
                entry.exchange().route().map(name -> "route " + name).orElse("no route"),
                Words.of(settings.window()));
    signals.add(
        raise.signal(
            "all",
            entry,
            Severity.HIGH,
            Raise.confidence(failures, settings.failures()),
            new Principals(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
            summary,
            doors.evidence.since(since)));
    doors.strangers.forEach(stranger -> signals.add(gotIn(doors, stranger, now, since)));
    doors.strangers.clear();
    return signals;
  }

  private Signal gotIn(Doors doors, JournalEntry entry, long now, long since) {
    Exchange exchange = entry.exchange();
    String account = exchange.account().orElse("?");
    String summary =
        "Account %s was let in from %s, which was not its own, among %d failed authentications from many sources within %s"
            .formatted(
                account, exchange.source(), doors.failures.at(now), Words.of(settings.window()));
    List<Long> evidence = new ArrayList<>(doors.evidence.since(since));
    evidence.add(entry.sequence());
    return raise.signal(
        account + "@" + exchange.source(),
        entry,
        Severity.CRITICAL,
        0.85,
        new Principals(
            exchange.credential(),
            exchange.account(),
            Optional.of(exchange.source()),
            exchange.route()),
        summary,
        evidence.stream().sorted().distinct().toList());
  }

  private static Sighting sighting(JournalEntry entry, long now) {
    Exchange exchange = entry.exchange();
    return new Sighting(now, entry.sequence(), exchange.source(), exchange.route().orElse(""), 1);
  }
}
