package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A credential in other hands (OWASP API2:2023, ATT&amp;CK T1078 Valid Accounts): an established
 * one appears at a network where it never was, and does there only what it never did.
 *
 * <p><b>Sees</b>, per credential that has been in use for a while: the first requests from a
 * network (/24, /48) that is new to it. A request is foreign if its data subjects are all new to
 * the credential, or if its route is; a write counts twice. Somebody who travels takes the own work
 * along: one known subject in four acquits. Who reads new subjects at home as well (an export) is
 * judged by routes alone.
 *
 * <p><b>Misses</b>: a thief in the owner's network; one who begins with the owner's own records;
 * credentials younger than {@link DetectorSettings.CredentialTheft#established}; requests that name
 * no subject on a route the owner uses.
 */
final class CredentialTheft implements Alone<CredentialTheft.Use> {
  /** Exchanges that make a habit. */
  static final int HABIT = 30;

  /** Networks of one credential that are told apart, known ones and new ones each. */
  static final int NETWORKS = 64;

  /** New networks at once that are judged together as well, and how much they need together. */
  private static final int SPREAD = 4;

  private static final int SPREAD_FACTOR = 2;

  /** A home where more of the reads are new than that has no records of its own. */
  private static final double RANGES_FREELY = 0.5;

  private final DetectorSettings.CredentialTheft settings;
  private final Raise raise;

  CredentialTheft(DetectorSettings.CredentialTheft settings) {
    this.settings = settings;
    raise = new Raise(name(), "API2:2023", "T1078");
  }

  /** The first requests at a new network. */
  private static final class Trial {
    private final Evidence evidence = new Evidence();
    private int requests;
    private int foreign;
    private int familiar;
    private boolean raised;
  }

  /** What one credential is used for, and where. */
  static final class Use {
    private final Known subjects = new Known();
    private final Known routes = new Known(NETWORKS);
    private final Known networks = new Known(NETWORKS);
    private final LinkedHashMap<Long, Trial> trials = new LinkedHashMap<>(2, 0.75f, true);
    private long first = Long.MIN_VALUE;
    private long last = Long.MIN_VALUE;
    private long exchanges;
    private double ranging;
  }

  @Override
  public String name() {
    return "credential-theft";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    return entry.exchange().outcome() instanceof Outcome.Refused
        ? Optional.empty()
        : entry.exchange().credential();
  }

  @Override
  public Use initial() {
    return new Use();
  }

  @Override
  public int weight(Use state) {
    return state.subjects.size()
        + state.routes.size()
        + state.networks.size()
        + state.trials.values().stream().mapToInt(trial -> trial.evidence.size() + 2).sum();
  }

  @Override
  public List<Signal> fold(Use use, NoCohort cohort, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    use.last = Math.max(use.last, exchange.at().toEpochMilli());
    if (use.first == Long.MIN_VALUE) {
      use.first = use.last;
    }
    long network = Hashes.of(network(exchange.source()));
    boolean established =
        use.last - use.first >= settings.established().toMillis() && use.exchanges >= HABIT;
    if (!established || use.networks.contains(network)) {
      learn(use, exchange, network);
      return List.of();
    }
    Trial trial = use.trials.computeIfAbsent(network, unseen -> new Trial());
    if (use.trials.size() > NETWORKS) {
      use.trials.pollFirstEntry();
    }
    return judge(use, trial, entry, network);
  }

  private static void learn(Use use, Exchange exchange, long network) {
    use.networks.add(network);
    use.routes.add(Hashes.of(exchange.route().orElse("")));
    boolean allNew = !exchange.subjects().isEmpty();
    for (var subject : exchange.subjects()) {
      allNew &= use.subjects.add(Hashes.of(subject.value()));
    }
    // Slow, so that a busy hour does not make a home where everything is new.
    if (!exchange.subjects().isEmpty() && use.exchanges >= HABIT / 2) {
      use.ranging += ((allNew ? 1 : 0) - use.ranging) / 50;
    }
    use.exchanges++;
  }

  private List<Signal> judge(Use use, Trial trial, JournalEntry entry, long network) {
    Exchange exchange = entry.exchange();
    trial.requests++;
    boolean newRoute = !use.routes.contains(Hashes.of(exchange.route().orElse("")));
    boolean known =
        exchange.subjects().stream()
            .anyMatch(subject -> use.subjects.contains(Hashes.of(subject.value())));
    boolean newSubjects = !exchange.subjects().isEmpty() && !known && use.ranging <= RANGES_FREELY;
    if (known) {
      trial.familiar++;
    } else if (newRoute || newSubjects) {
      trial.foreign += exchange.isWrite() ? 2 : 1;
      trial.evidence.add(
          new Sighting(
              use.last, entry.sequence(), exchange.source(), exchange.route().orElse(""), 1));
    }
    boolean acquitted = trial.familiar * 4 > trial.foreign;
    boolean here = !trial.raised && !acquitted && trial.foreign >= settings.foreign();
    if (here || isSpread(use, trial)) {
      return signals(use, entry);
    }
    if (!trial.raised && (trial.requests >= HABIT || (acquitted && trial.familiar >= 5))) {
      use.trials.remove(network);
      learn(use, exchange, network);
    }
    return List.of();
  }

  /** A thief with many addresses: little at each, but nothing of the owner's at any. */
  private boolean isSpread(Use use, Trial trial) {
    int foreign = use.trials.values().stream().mapToInt(each -> each.foreign).sum();
    int familiar = use.trials.values().stream().mapToInt(each -> each.familiar).sum();
    return !trial.raised
        && trial.foreign > 0
        && use.trials.size() >= SPREAD
        && foreign >= SPREAD_FACTOR * settings.foreign()
        && familiar * 4 <= foreign;
  }

  /** One for each of the networks that know nothing of the owner's. */
  private List<Signal> signals(Use use, JournalEntry entry) {
    var signals = new ArrayList<Signal>();
    for (Trial trial : use.trials.values()) {
      if (!trial.raised && trial.foreign > 0 && trial.familiar * 4 <= trial.foreign) {
        trial.raised = true;
        signals.add(signal(trial, entry));
      }
    }
    return signals;
  }

  private Signal signal(Trial trial, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    Optional<String> source = trial.evidence.source(Long.MIN_VALUE);
    String summary =
        "Credential %s appeared at %s, where it never was, and asked %d of %d times for what it never touched before"
            .formatted(
                exchange.credential().orElse("?"),
                source.orElse("a network"),
                trial.evidence.size(),
                trial.requests);
    return raise.signal(
        exchange.credential().orElse("") + "@" + source.orElse("*"),
        entry,
        Severity.HIGH,
        0.8,
        new Principals(exchange.credential(), exchange.account(), source, exchange.route()),
        summary,
        trial.evidence.since(Long.MIN_VALUE));
  }

  /** The first three bytes of an IPv4 address, the first three groups of an IPv6 one. */
  static String network(String source) {
    boolean six = source.indexOf(':') >= 0;
    int end = -1;
    for (int part = 0; part < 3; part++) {
      int next = source.indexOf(six ? ':' : '.', end + 1);
      if (next < 0) {
        return source;
      }
      end = next;
    }
    return source.substring(0, end);
  }
}
