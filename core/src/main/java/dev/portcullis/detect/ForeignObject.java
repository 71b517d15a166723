package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Somebody at what belongs to others (OWASP API1:2023 Broken Object Level Authorization, ATT&amp;CK
 * T1119 Automated Collection). Who owns an object is learned from who uses it: on most routes each
 * data subject is one account's own, and on such a route a few of others' are enough.
 *
 * <p><b>Sees</b>, per route: an account that reaches, within an hour, data subjects of several
 * other accounts, each of which alone has used its own, more than once. Only where that is the
 * rule: of the last uses of known subjects, all but one in two hundred were by their owners. One
 * other account's may be shared (a family, a deputy); those of three are not.
 *
 * <p><b>Misses</b>: routes where people share (support, public profiles); objects whose owner was
 * not seen yet; lists. <b>Errs</b> when an employee begins to help customers on a route that none
 * ever used for it.
 */
final class ForeignObject implements Alone<ForeignObject.Ownership> {
  /** Subjects whose owner is remembered, per route. */
  static final int SUBJECTS = 65_536;

  /** Uses of known subjects that make a rule. */
  static final int ENOUGH = 500;

  /** Share of them that are by others, at most. */
  static final double EXCEPTIONS = 0.005;

  /** Uses that make an owner. */
  private static final int OWNED = 3;

  /** More subjects in one body are a list. */
  private static final int LIST = 5;

  private static final int ACCOUNTS = 1_024;
  private static final Duration HOUR = Duration.ofHours(1);

  private final DetectorSettings.ForeignObject settings;
  private final Raise raise;

  ForeignObject(DetectorSettings.ForeignObject settings) {
    this.settings = settings;
    raise = new Raise(name(), "API1:2023", "T1119");
  }

  /** Whose a subject is. */
  private static final class Title {
    private final long account;
    private int uses = 1;

    Title(long account) {
      this.account = account;
    }
  }

  /** One account at others' objects. */
  private static final class Trespass {
    private final DistinctWindow owners = new DistinctWindow(HOUR);
    private final Evidence evidence = new Evidence();
    private final Quiet quiet = new Quiet(HOUR);
  }

  /** Whose the subjects of one route are. */
  static final class Ownership {
    private final LinkedHashMap<Long, Title> titles = new LinkedHashMap<>(16, 0.75f, true);
    private final LinkedHashMap<String, Trespass> trespasses = new LinkedHashMap<>(2, 0.75f, true);
    private double uses;
    private double exceptions;
    private long last = Long.MIN_VALUE;

    boolean isRule() {
      return uses >= ENOUGH && exceptions <= EXCEPTIONS * uses;
    }

    void count(boolean exception) {
      // Halved now and then: a route may become shared, or stop being so.
      if (uses >= 20 * ENOUGH) {
        uses /= 2;
        exceptions /= 2;
      }
      uses++;
      exceptions += exception ? 1 : 0;
    }
  }

  @Override
  public String name() {
    return "foreign-object";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    boolean served = !(exchange.outcome() instanceof Outcome.Refused) && exchange.status() < 400;
    return served && exchange.account().isPresent() ? exchange.route() : Optional.empty();
  }

  @Override
  public Ownership initial() {
    return new Ownership();
  }

  @Override
  public int weight(Ownership state) {
    return state.titles.size() + 8 * state.trespasses.size();
  }

  @Override
  public List<Signal> fold(Ownership ownership, NoCohort cohort, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    ownership.last = Math.max(ownership.last, exchange.at().toEpochMilli());
    long now = ownership.last;
    var named = new ArrayList<Pseudonym>(exchange.request().subjects());
    exchange.subjects().stream().filter(each -> !named.contains(each)).forEach(named::add);
    if (named.isEmpty() || named.size() > LIST) {
      return List.of();
    }
    String account = exchange.account().orElse("");
    long who = Hashes.of(account);
    boolean rule = ownership.isRule();
    boolean foreign = false;
    for (Pseudonym subject : named) {
      long fingerprint = Hashes.of(subject.value());
      Title title = ownership.titles.get(fingerprint);
      if (title == null) {
        ownership.titles.put(fingerprint, new Title(who));
        if (ownership.titles.size() > SUBJECTS) {
          ownership.titles.pollFirstEntry();
        }
      } else if (title.account == who) {
        title.uses++;
        ownership.count(false);
      } else {
        // While it is the rule, an exception is a suspicion, and does not loosen the rule.
        if (!rule || title.uses < OWNED) {
          ownership.count(true);
        }
        if (rule && title.uses >= OWNED) {
          foreign = true;
          trespass(ownership, account).owners.add(now, title.account);
        }
      }
    }
    return foreign ? judge(trespass(ownership, account), entry, now) : List.of();
  }

  private static Trespass trespass(Ownership ownership, String account) {
    Trespass trespass = ownership.trespasses.computeIfAbsent(account, unseen -> new Trespass());
    if (ownership.trespasses.size() > ACCOUNTS) {
      ownership.trespasses.pollFirstEntry();
    }
    return trespass;
  }

  private List<Signal> judge(Trespass trespass, JournalEntry entry, long now) {
    Exchange exchange = entry.exchange();
    trespass.evidence.forgetBefore(now - HOUR.toMillis());
    trespass.evidence.add(
        new Sighting(now, entry.sequence(), exchange.source(), exchange.route().orElse(""), 1));
    long count = trespass.owners.at(now);
    if (count < settings.owners() || !trespass.quiet.allows(now, count)) {
      return List.of();
    }
    trespass.quiet.raised(now, count);
    return List.of(
        raise.signal(
            exchange.account().orElse(""),
            entry,
            Severity.HIGH,
            Raise.confidence(count, settings.owners()),
            new Principals(
                exchange.credential(),
                exchange.account(),
                trespass.evidence.source(now - HOUR.toMillis()),
                exchange.route()),
            ("Account %s reached what is %d others' own within an hour, on a route where everybody"
                    + " keeps to their own")
                .formatted(exchange.account().orElse("?"), count),
            trespass.evidence.since(now - HOUR.toMillis())));
  }
}
