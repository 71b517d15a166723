package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Injected code in requests (OWASP API8:2023, the nearest class of the API list; ATT&amp;CK T1190
 * Exploit Public-Facing Application).
 *
 * <p><b>Sees</b>, per source: exchanges in which the gate's inspection found something. How bad it
 * is follows from the class of what was found and from whether the request reached the guarded API.
 * A source that already raised speaks again when it gets worse, when its count doubles, or when the
 * window has passed.
 *
 * <p><b>Misses</b>: what the inspection does not recognise, and routes where it is off. It judges
 * attempts: whether the guarded API fell for one, the exchange does not tell.
 */
final class InjectionAttempts implements Alone<InjectionAttempts.Attempts> {
  /** Code that runs at once where it succeeds. */
  static final Set<String> RUNS_CODE =
      Set.of(
          "jndi-injection",
          "expression-injection",
          "code-injection",
          "command-injection",
          "template-injection",
          "deserialization",
          "cookie-injection");

  /** What gives data or files where it succeeds. */
  static final Set<String> GIVES_DATA =
      Set.of(
          "sql-injection",
          "nosql-injection",
          "ldap-injection",
          "xpath-injection",
          "path-traversal",
          "server-side-request-forgery",
          "xml-external-entity");

  /** What hurts others than the guarded API: its users, its logs' readers. */
  static final Set<String> HURTS_OTHERS = Set.of("cross-site-scripting", "log-forging");

  private final DetectorSettings.Injection settings;
  private final Raise raise;

  InjectionAttempts(DetectorSettings.Injection settings) {
    this.settings = settings;
    raise = new Raise(name(), "API8:2023", "T1190");
  }

  /** What one source tried. */
  static final class Attempts {
    private final RollingCount count;
    private final Evidence evidence = new Evidence();
    private final Quiet quiet;
    private final Set<Severity> spoken = EnumSet.noneOf(Severity.class);
    private long last = Long.MIN_VALUE;
    private long spokenAt = Long.MIN_VALUE;

    Attempts(DetectorSettings.Injection settings) {
      count = new RollingCount(settings.window());
      quiet = new Quiet(settings.window());
    }
  }

  @Override
  public String name() {
    return "injection";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    return entry.exchange().findings().isEmpty()
        ? Optional.empty()
        : Optional.of(entry.exchange().source());
  }

  @Override
  public Attempts initial() {
    return new Attempts(settings);
  }

  @Override
  public int weight(Attempts state) {
    return state.evidence.size() + 4;
  }

  @Override
  public List<Signal> fold(Attempts attempts, NoCohort cohort, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    attempts.last = Math.max(attempts.last, exchange.at().toEpochMilli());
    long now = attempts.last;
    long since = now - settings.window().toMillis();
    attempts.count.add(now, 1);
    attempts.evidence.forgetBefore(since);
    attempts.evidence.add(
        new Sighting(now, entry.sequence(), exchange.source(), exchange.route().orElse(""), 1));

    Severity severity = severity(exchange);
    int count = attempts.count.at(now);
    if (attempts.spokenAt <= since) {
      attempts.spoken.clear();
    }
    boolean worse = attempts.spoken.stream().allMatch(said -> said.compareTo(severity) < 0);
    if (count < settings.exchanges() || (!worse && !attempts.quiet.allows(now, count))) {
      return List.of();
    }
    attempts.spoken.add(severity);
    attempts.spokenAt = now;
    attempts.quiet.raised(now, count);
    return List.of(signal(attempts, entry, severity, count, since));
  }

  private Signal signal(
      Attempts attempts, JournalEntry entry, Severity severity, int count, long since) {
    Exchange exchange = entry.exchange();
    Set<String> categories =
        exchange.findings().stream()
            .map(Finding::category)
            .collect(Collectors.toCollection(TreeSet::new));
    String where =
        exchange.findings().stream().map(Finding::location).sorted().findFirst().orElse("");
    String summary =
        "%s from %s in %s, %s; %d such request%s within %s"
            .formatted(
                String.join(", ", categories),
                exchange.source(),
                where,
                reached(exchange) ? "passed on to the guarded API" : "refused",
                count,
                count == 1 ? "" : "s",
                Words.of(settings.window()));
    return raise.signal(
        exchange.source(),
        entry,
        severity,
        count == 1 ? 0.8 : 0.9,
        new Principals(
            exchange.credential(),
            exchange.account(),
            Optional.of(exchange.source()),
            exchange.route()),
        summary,
        attempts.evidence.since(since));
  }

  private static boolean reached(Exchange exchange) {
    return !(exchange.outcome() instanceof Outcome.Refused);
  }

  private static Severity severity(Exchange exchange) {
    Severity worst = Severity.LOW;
    for (Finding finding : exchange.findings()) {
      Severity severity = severity(finding.category(), reached(exchange));
      worst = severity.compareTo(worst) > 0 ? severity : worst;
    }
    return worst;
  }

  /** A class that is not known here is taken for one that gives data. */
  private static Severity severity(String category, boolean reached) {
    if (RUNS_CODE.contains(category)) {
      return reached ? Severity.CRITICAL : Severity.HIGH;
    }
    if (HURTS_OTHERS.contains(category)) {
      return reached ? Severity.MEDIUM : Severity.LOW;
    }
    return reached ? Severity.HIGH : Severity.MEDIUM;
  }
}
