package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A function that nobody uses, used by somebody odd (OWASP API5:2023 Broken Function Level
 * Authorization, ATT&amp;CK T1098 Account Manipulation): what a stolen employee's session, or an
 * account that registered itself, is wanted for.
 *
 * <p><b>Sees</b>, per route: changes by credentials that are strangers (in use for less than an
 * hour) or away (at a network they never used), where nobody made any for {@link
 * DetectorSettings.DormantFunction#dormant}. Two of them, by two credentials or about two objects,
 * are enough: nobody misses the function.
 *
 * <p><b>Misses</b>: functions in use; strangers that wait an hour; the first day of a journal. Is
 * silent when somebody who is not odd uses the function meanwhile: then it is new, and people try
 * it.
 */
final class DormantFunction implements Detector<DormantFunction.Functions, Owner> {
  /** Routes told apart. */
  private static final int ROUTES = 1_024;

  /** Odd credentials of one route that are told apart. */
  private static final int CREDENTIALS = 64;

  /** Before that, every function is unused. */
  private static final Duration WARM_UP = Duration.ofDays(1);

  private static final Duration STRANGER = Duration.ofHours(1);

  /** How long odd uses belong together. */
  private static final Duration EPISODE = Duration.ofHours(12);

  private final DetectorSettings.DormantFunction settings;
  private final Raise raise;

  DormantFunction(DetectorSettings.DormantFunction settings) {
    this.settings = settings;
    raise = new Raise(name(), "API5:2023", "T1098");
  }

  /** One odd credential at one function. */
  private static final class Oddity {
    private final Evidence evidence = new Evidence();
    private Principals whom =
        new Principals(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private boolean raised;
  }

  /** Who makes changes through one route. */
  private static final class Function {
    private final LinkedHashMap<String, Oddity> odd = new LinkedHashMap<>(2, 0.75f, true);
    private final Known uses = new Known(256);
    private long used = Long.MIN_VALUE;
    private long began = Long.MIN_VALUE;

    void end() {
      odd.clear();
      began = Long.MIN_VALUE;
    }
  }

  /** All functions, since whether one is unused depends on how long was looked. */
  static final class Functions {
    private final LinkedHashMap<String, Function> byRoute = new LinkedHashMap<>(16, 0.75f, true);
    private long first = Long.MAX_VALUE;
  }

  @Override
  public String name() {
    return "dormant-function";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    return exchange.outcome() instanceof Outcome.Refused || exchange.credential().isEmpty()
        ? Optional.empty()
        : Optional.of("functions");
  }

  @Override
  public String cohort(JournalEntry entry) {
    return entry.exchange().credential().orElse("");
  }

  @Override
  public Functions initial() {
    return new Functions();
  }

  @Override
  public Owner initialCohort() {
    return new Owner();
  }

  @Override
  public int weight(Functions state) {
    return state.byRoute.size();
  }

  @Override
  public List<Signal> fold(Functions functions, Owner owner, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    long now = owner.advance(exchange.at().toEpochMilli());
    functions.first = Math.min(functions.first, now);
    long network = Owner.network(exchange.source());
    boolean stranger = !owner.isEstablished(STRANGER.toMillis(), 1);
    boolean away = !stranger && !owner.wasAt(network);
    if (!away) {
      owner.learn(exchange, network);
    }
    if (!exchange.isWrite()) {
      return List.of();
    }
    Function function =
        functions.byRoute.computeIfAbsent(exchange.route().orElse(""), unseen -> new Function());
    if (functions.byRoute.size() > ROUTES) {
      functions.byRoute.pollFirstEntry();
    }
    if (function.began != Long.MIN_VALUE && now - function.began > EPISODE.toMillis()) {
      function.used = function.began;
      function.end();
    }
    boolean inUse =
        function.used != Long.MIN_VALUE && now - function.used < settings.dormant().toMillis();
    boolean early = now - functions.first < WARM_UP.toMillis();
    if (inUse || early || (!stranger && !away)) {
      function.used = now;
      function.end();
      return List.of();
    }
    return odd(function, stranger, entry, now);
  }

  private List<Signal> odd(Function function, boolean stranger, JournalEntry entry, long now) {
    Exchange exchange = entry.exchange();
    String credential = exchange.credential().orElse("");
    if (function.began == Long.MIN_VALUE) {
      function.began = now;
    }
    function.uses.add(Hashes.of(function.began + credential + exchange.path()));
    Oddity oddity = function.odd.computeIfAbsent(credential, unseen -> new Oddity());
    if (function.odd.size() > CREDENTIALS) {
      function.odd.pollFirstEntry();
    }
    oddity.whom =
        new Principals(
            exchange.credential(),
            exchange.account(),
            Optional.of(exchange.source()),
            exchange.route());
    String route = exchange.route().orElse("");
    oddity.evidence.add(new Sighting(now, entry.sequence(), exchange.source(), route, 1));
    long uses = function.odd.values().stream().mapToLong(each -> each.evidence.size()).sum();
    if (uses < settings.uses() || function.uses.size() < settings.uses()) {
      return List.of();
    }
    var signals = new ArrayList<Signal>();
    function.odd.forEach((id, each) -> {
      if (!each.raised) {
        each.raised = true;
        signals.add(signal(id, each, stranger, entry));
      }
    });
    return signals;
  }

  private Signal signal(String credential, Oddity oddity, boolean stranger, JournalEntry entry) {
    return raise.signal(
        credential,
        entry,
        Severity.HIGH,
        0.75,
        oddity.whom,
        "Credential %s, %s, makes changes through %s, which nobody did for %s"
            .formatted(
                credential,
                stranger ? "new since less than an hour" : "at a network where it never was",
                oddity.whom.route().orElse("a route without a name"),
                Words.of(settings.dormant())),
        oddity.evidence.since(Long.MIN_VALUE));
  }
}
