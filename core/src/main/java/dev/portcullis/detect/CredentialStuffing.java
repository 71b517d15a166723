package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * Stolen passwords tried out (OWASP API2:2023, ATT&amp;CK T1110.004 Credential Stuffing).
 *
 * <p><b>Sees</b>, per source: failed authentications and how many accounts they named; and then a
 * success of an account that was never at home at that source before, which is the one that was
 * found: that signal is critical and names account and credential.
 *
 * <p><b>Misses</b>: attempts spread over so many sources that none fails often; guesses at keys and
 * tokens, which name no account (one misconfigured client looks the same, and the rate limit holds
 * both); many passwords for one account, likewise. An office behind one address whose people fail
 * together after a password change looks like stuffing: the signal names the source, and no account
 * until one succeeds.
 */
final class CredentialStuffing implements Alone<CredentialStuffing.Trying> {
  private final DetectorSettings.CredentialStuffing settings;
  private final Raise raise;

  CredentialStuffing(DetectorSettings.CredentialStuffing settings) {
    this.settings = settings;
    raise = new Raise(name(), "API2:2023", "T1110.004");
  }

  /** What one source tried. */
  static final class Trying {
    private final RollingCount failures;
    private final DistinctWindow accounts;
    private final Known atHome = new Known();
    private final Evidence evidence = new Evidence();
    private final Quiet quiet;
    private long last = Long.MIN_VALUE;

    Trying(DetectorSettings.CredentialStuffing settings) {
      failures = new RollingCount(settings.window());
      accounts = new DistinctWindow(settings.window());
      quiet = new Quiet(settings.window());
    }
  }

  @Override
  public String name() {
    return "credential-stuffing";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    return failed(exchange) || succeeded(exchange)
        ? Optional.of(exchange.source())
        : Optional.empty();
  }

  private static boolean failed(Exchange exchange) {
    return exchange.outcome() instanceof Outcome.Refused refused
        && refused.control().equals("authentication");
  }

  /** What a later control refused was authenticated all the same; a contained one was not used. */
  private static boolean succeeded(Exchange exchange) {
    boolean contained =
        exchange.outcome() instanceof Outcome.Refused refused
            && refused.control().equals("containment");
    return exchange.account().isPresent() && !failed(exchange) && !contained;
  }

  @Override
  public Trying initial() {
    return new Trying(settings);
  }

  @Override
  public int weight(Trying state) {
    return state.accounts.size() + state.atHome.size() + state.evidence.size() + 4;
  }

  @Override
  public List<Signal> fold(Trying trying, NoCohort cohort, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    trying.last = Math.max(trying.last, exchange.at().toEpochMilli());
    long now = trying.last;
    long since = now - settings.window().toMillis();
    if (failed(exchange)) {
      trying.failures.add(now, 1);
      exchange.claimed().ifPresent(account -> trying.accounts.add(now, Hashes.of(account)));
      trying.evidence.forgetBefore(since);
      trying.evidence.add(sighting(entry, now));
    }
    int failures = trying.failures.at(now);
    long accounts = trying.accounts.at(now);
    boolean stuffing = failures >= settings.failures() && accounts >= settings.accounts();
    if (!failed(exchange)) {
      return success(trying, entry, now, since, stuffing);
    }
    if (!stuffing || !trying.quiet.allows(now, failures)) {
      return List.of();
    }
    trying.quiet.raised(now, failures);
    String summary =
        "%d failed authentications for %d accounts from %s within %s"
            .formatted(failures, accounts, exchange.source(), Words.of(settings.window()));
    return List.of(
        raise.signal(
            exchange.source(),
            entry,
            Severity.HIGH,
            Raise.confidence(failures, settings.failures()),
            new Principals(
                Optional.empty(),
                Optional.empty(),
                Optional.of(exchange.source()),
                trying.evidence.route(since)),
            summary,
            trying.evidence.since(since)));
  }

  private List<Signal> success(
      Trying trying, JournalEntry entry, long now, long since, boolean stuffing) {
    Exchange exchange = entry.exchange();
    boolean stranger = trying.atHome.add(Hashes.of(exchange.account().orElse("")));
    if (!stuffing || !stranger) {
      return List.of();
    }
    trying.evidence.add(sighting(entry, now));
    String summary =
        "Account %s was let in from %s after %d failed authentications there within %s"
            .formatted(
                exchange.account().orElse("?"),
                exchange.source(),
                trying.failures.at(now),
                Words.of(settings.window()));
    return List.of(
        raise.signal(
            exchange.source() + " " + exchange.account().orElse(""),
            entry,
            Severity.CRITICAL,
            0.95,
            new Principals(
                exchange.credential(),
                exchange.account(),
                Optional.of(exchange.source()),
                exchange.route()),
            summary,
            trying.evidence.since(since)));
  }

  private static Sighting sighting(JournalEntry entry, long now) {
    Exchange exchange = entry.exchange();
    return new Sighting(now, entry.sequence(), exchange.source(), exchange.route().orElse(""), 1);
  }
}
