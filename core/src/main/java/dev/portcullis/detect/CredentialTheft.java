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
  /** New networks at once that are judged together as well, and how much they need together. */
  private static final int SPREAD = 4;

  private static final int SPREAD_FACTOR = 2;

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
    private final Owner owner = new Owner();
    private final LinkedHashMap<Long, Trial> trials = new LinkedHashMap<>(2, 0.75f, true);
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
    return state.owner.weight()
        + state.trials.values().stream().mapToInt(trial -> trial.evidence.size() + 2).sum();
  }

  @Override
  public List<Signal> fold(Use use, NoCohort cohort, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    long now = use.owner.advance(exchange.at().toEpochMilli());
    long network = Owner.network(exchange.source());
    boolean established = use.owner.isEstablished(settings.established().toMillis(), Owner.HABIT);
    if (!established || use.owner.wasAt(network)) {
      use.owner.learn(exchange, network);
      return List.of();
    }
    Trial trial = use.trials.computeIfAbsent(network, unseen -> new Trial());
    if (use.trials.size() > Owner.NETWORKS) {
      use.trials.pollFirstEntry();
    }
    return judge(use, trial, entry, network, now);
  }

  private List<Signal> judge(Use use, Trial trial, JournalEntry entry, long network, long now) {
    Exchange exchange = entry.exchange();
    trial.requests++;
    switch (use.owner.judge(exchange)) {
      case FAMILIAR -> trial.familiar++;
      case FOREIGN -> {
        trial.foreign += exchange.isWrite() ? 2 : 1;
        trial.evidence.add(
            new Sighting(now, entry.sequence(), exchange.source(), exchange.route().orElse(""), 1));
      }
      case NEITHER -> {}
    }
    boolean acquitted = trial.familiar * 4 > trial.foreign;
    boolean here = !trial.raised && !acquitted && trial.foreign >= settings.foreign();
    if (here || isSpread(use, trial)) {
      return signals(use, entry);
    }
    if (!trial.raised && (trial.requests >= Owner.HABIT || (acquitted && trial.familiar >= 5))) {
      use.trials.remove(network);
      use.owner.learn(exchange, network);
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
}
