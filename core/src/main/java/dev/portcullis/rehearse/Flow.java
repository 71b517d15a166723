package dev.portcullis.rehearse;

import dev.portcullis.journal.Client;
import dev.portcullis.journal.Pseudonym;
import dev.portcullis.rehearse.Traffic.Objects;
import dev.portcullis.rehearse.Traffic.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One group's requests in order of time; the same seed gives the same requests. */
final class Flow {
  /** A Monday. */
  static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

  private final Traffic traffic;
  private final boolean hostile;
  private final List<String> accounts;
  private final int network;
  private final boolean blind;
  private final SplittableRandom random;
  private int made;
  private int go;
  private long cursor;
  private Instant next;

  /**
   * @param accounts whose credentials are used; empty: anonymous
   * @param network number of the group whose addresses are used
   * @param blind whether nothing is known of the clients' software
   */
  Flow(
      Traffic traffic,
      boolean hostile,
      List<String> accounts,
      int network,
      long seed,
      boolean blind) {
    this.blind = blind;
    this.traffic = traffic;
    this.hostile = hostile;
    this.accounts = List.copyOf(accounts);
    this.network = network;
    random = new SplittableRandom(seed * 31 + traffic.name().hashCode());
    next = inHours(BEGIN.plus(traffic.timing().starts()));
  }

  /** Accounts of a group's own. */
  static List<String> own(Traffic traffic) {
    var names = new ArrayList<String>();
    for (int i = 0; i < traffic.actors().accounts(); i++) {
      names.add(traffic.name() + "-" + (i + 1));
    }
    return names;
  }

  boolean hasNext() {
    return go < traffic.timing().repeats();
  }

  Instant at() {
    return next;
  }

  Request next() {
    Timing timing = traffic.timing();
    int account = account();
    Request request = request(account);
    made++;
    if (made == timing.requests()) {
      made = 0;
      go++;
      next = inHours(BEGIN.plus(timing.starts()).plus(timing.repeatEvery().multipliedBy(go)));
    } else {
      long nanos = timing.every().toNanos();
      double factor = timing.human() ? Math.min(20, -Math.log(1 - random.nextDouble())) : 1;
      next = inHours(next.plus(Duration.ofNanos((long) (nanos * factor))));
    }
    return request;
  }

  private int account() {
    if (accounts.isEmpty()) {
      return 0;
    }
    if (traffic.actors().oneByOne()) {
      return (int) ((long) made * accounts.size() / traffic.timing().requests());
    }
    return traffic.timing().human() ? random.nextInt(accounts.size()) : made % accounts.size();
  }

  private Request request(int account) {
    Optional<String> name =
        accounts.isEmpty() ? Optional.empty() : Optional.of(accounts.get(account));
    boolean loggedIn =
        traffic.loginSuccess().map(share -> random.nextDouble() < share).orElse(true);
    List<Pseudonym> subjects = List.of();
    String path = "/" + traffic.route();
    boolean found = true;
    if (traffic.objects().isPresent()) {
      Objects objects = traffic.objects().get();
      found = objects.hits() >= 1 || random.nextDouble() < objects.hits();
      if (found) {
        subjects = subjects(objects, account);
        path += subjects.size() == 1 ? "/~" + subjects.getFirst().value() : "";
      } else {
        path += "/~none-" + random.nextLong(Long.MAX_VALUE);
      }
    }
    String source = source(account);
    return new Request(
        traffic,
        hostile,
        next,
        name,
        source,
        blind
            ? Client.UNKNOWN
            : Software.of(traffic, hostile, name.isPresent() ? account : source.hashCode() >>> 1),
        loggedIn,
        found,
        path,
        subjects);
  }

  private List<Pseudonym> subjects(Objects objects, int account) {
    var subjects = new ArrayList<Pseudonym>();
    for (int i = 0; i < objects.perResponse(); i++) {
      long subject =
          objects.fresh() > 0 && random.nextDouble() < objects.fresh()
              ? random.nextLong(objects.pool())
              : switch (objects.pick()) {
                case NEXT -> cursor++ % objects.pool();
                case RANDOM -> random.nextLong(objects.pool());
                case OWN ->
                    // Spread over the pool, so that neighbours do not share.
                    ((long) account * objects.own() + random.nextInt(objects.own()))
                        * 7_919
                        % objects.pool();
                case OTHERS -> random.nextInt(objects.own()) * 7_919L % objects.pool();
                case POPULAR -> (random.nextInt(objects.own()) * 7_919L + 7) % objects.pool();
              };
      var pseudonym = new Pseudonym(objects.of() + "-" + subject);
      if (!subjects.contains(pseudonym)) {
        subjects.add(pseudonym);
      }
    }
    return subjects;
  }

  private String source(int account) {
    int count = traffic.sources().count();
    int number =
        switch (traffic.sources().change()) {
          case REQUEST -> made % count;
          case ACCOUNT -> account % count;
          case TURNS -> (int) ((long) made * count / traffic.timing().requests());
        };
    return traffic.sources().near()
        ? "%d.%d.0.%d".formatted(20 + network, number >> 8 & 255, number & 255)
        : "%d.%d.%d.7".formatted(20 + network, number >> 8 & 255, number & 255);
  }

  private Instant inHours(Instant at) {
    Timing timing = traffic.timing();
    int hour = at.atOffset(ZoneOffset.UTC).getHour();
    if (hour >= timing.from() && hour < timing.to()) {
      return at;
    }
    var day = at.atOffset(ZoneOffset.UTC).toLocalDate();
    Instant start = day.atTime(timing.from(), 0).toInstant(ZoneOffset.UTC);
    return hour < timing.from() ? start : start.plus(Duration.ofDays(1));
  }
}
