package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.detect.Evidence.Sighting;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * One address that uses the credentials of many (OWASP API2:2023, ATT&amp;CK T1078 Valid Accounts,
 * T1528 Steal Application Access Token): tokens that were kept together are stolen together.
 *
 * <p><b>Sees</b>, per source within a day: requests with credentials that were in use elsewhere,
 * never in this network, for what their owners never touched. Each credential may do so little that
 * nothing could be said of it alone; the address is named, not the credentials, so that one order
 * stops them all. A write counts twice; one request for an owner's own record in four acquits: an
 * office that moves takes its work along.
 *
 * <p><b>Misses</b>: a thief with a new address for every credential; requests that name no subject
 * on a route the owner uses; credentials younger than {@link
 * DetectorSettings.CredentialTheft#established}.
 */
final class CredentialTheftRing implements Detector<CredentialTheftRing.Hand, Owner> {
  /** Fewer uses of a credential tell nothing of its owner. */
  private static final int USES = 5;

  /** Credentials at one source that are told apart. */
  private static final int CREDENTIALS = 256;

  private static final Duration DAY = Duration.ofDays(1);

  private final DetectorSettings.CredentialTheftRing settings;
  private final Duration established;
  private final Raise raise;

  CredentialTheftRing(DetectorSettings.CredentialTheftRing settings, Duration established) {
    this.settings = settings;
    this.established = established;
    raise = new Raise(name(), "API2:2023", "T1528");
  }

  /** What one source does with credentials that come from elsewhere. */
  static final class Hand {
    private final LinkedHashMap<String, Integer> requests = new LinkedHashMap<>(2, 0.75f, true);
    private final Known foreignCredentials = new Known(CREDENTIALS);
    private final RollingCount foreign = new RollingCount(DAY);
    private final RollingCount familiar = new RollingCount(DAY);
    private final Evidence evidence = new Evidence();
    private final Quiet quiet = new Quiet(DAY);
  }

  @Override
  public String name() {
    return "credential-theft-ring";
  }

  @Override
  public Optional<String> key(JournalEntry entry) {
    Exchange exchange = entry.exchange();
    return exchange.outcome() instanceof Outcome.Refused || exchange.credential().isEmpty()
        ? Optional.empty()
        : Optional.of(exchange.source());
  }

  @Override
  public String cohort(JournalEntry entry) {
    return entry.exchange().credential().orElse("");
  }

  @Override
  public Hand initial() {
    return new Hand();
  }

  @Override
  public Owner initialCohort() {
    return new Owner();
  }

  @Override
  public int weight(Hand state) {
    return state.requests.size() + state.foreignCredentials.size() + state.evidence.size() + 4;
  }

  @Override
  public List<Signal> fold(Hand hand, Owner owner, JournalEntry entry) {
    Exchange exchange = entry.exchange();
    long now = owner.advance(exchange.at().toEpochMilli());
    long network = Owner.network(exchange.source());
    String credential = exchange.credential().orElse("");
    if (!owner.isEstablished(established.toMillis(), USES) || owner.wasAt(network)) {
      owner.learn(exchange, network);
      return List.of();
    }
    hand.evidence.forgetBefore(now - DAY.toMillis());
    int requests = hand.requests.merge(credential, 1, Integer::sum);
    if (hand.requests.size() > CREDENTIALS) {
      hand.requests.pollFirstEntry();
    }
    switch (owner.judge(exchange)) {
      case FAMILIAR -> hand.familiar.add(now, 1);
      case FOREIGN -> {
        hand.foreign.add(now, exchange.isWrite() ? 2 : 1);
        hand.foreignCredentials.add(Hashes.of(credential));
        hand.evidence.add(
            new Sighting(now, entry.sequence(), exchange.source(), exchange.route().orElse(""), 1));
      }
      case NEITHER -> {}
    }
    if (isRing(hand, now)) {
      hand.quiet.raised(now, hand.foreign.at(now));
      return List.of(signal(hand, entry, now));
    }
    boolean acquitted = hand.familiar.at(now) * 4 > hand.foreign.at(now);
    if (requests >= Owner.HABIT || (acquitted && hand.familiar.at(now) >= 5)) {
      hand.requests.remove(credential);
      owner.learn(exchange, network);
    }
    return List.of();
  }

  private boolean isRing(Hand hand, long now) {
    int foreign = hand.foreign.at(now);
    return foreign >= settings.foreign()
        && hand.foreignCredentials.size() >= settings.credentials()
        && hand.familiar.at(now) * 4 <= foreign
        && hand.quiet.allows(now, foreign);
  }

  private Signal signal(Hand hand, JournalEntry entry, long now) {
    String source = entry.exchange().source();
    return raise.signal(
        source,
        entry,
        Severity.CRITICAL,
        Raise.confidence(hand.foreignCredentials.size(), settings.credentials()),
        new Principals(
            Optional.empty(),
            Optional.empty(),
            Optional.of(source),
            hand.evidence.route(now - DAY.toMillis())),
        ("%s uses %d credentials that were at home elsewhere, for what their owners never touched:"
                + " %d requests")
            .formatted(source, hand.foreignCredentials.size(), hand.evidence.size()),
        hand.evidence.since(now - DAY.toMillis()));
  }
}
