package dev.portcullis.scope.testing;

import dev.portcullis.detect.Principals;
import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A generated breach with its truth: two days of offices that read their own patients, some behind
 * one address, some sharing a key, and a thief among them. Answers come in pages, as ranges (206),
 * unchanged (304), as heads only, and in a format that nobody reads.
 */
public final class Breach {
  /** How the thief works. */
  public enum Kind {
    /** With a stolen key, from an address of its own. */
    ABROAD,
    /** With a stolen key, from the owner's own address, with other software. */
    SAME_OFFICE,
    /** With a stolen key, from several addresses, of which the signal names none. */
    MANY_ADDRESSES,
    /** With a key that two people in two places share. */
    SHARED_KEY,
    /** With several stolen keys from one address, of which one was noticed. */
    SEVERAL_KEYS,
    /** With a token that was issued from the noticed login to another address. */
    SAME_LOGIN,
    /** Without a key, from ever changing addresses, among visitors. */
    WALK
  }

  private static final Instant BEGIN = Instant.parse("2026-05-04T00:00:00Z");
  private static final Duration ATTACK = Duration.ofHours(36);
  private static final int OFFICES = 8;

  private final SplittableRandom random;
  private final Kind kind;
  private final boolean blind;
  private final List<Done> done = new ArrayList<>();
  private final List<JournalEntry> entries = new ArrayList<>();
  private final BitSet hostile = new BitSet();
  private final TreeSet<Pseudonym> reached = new TreeSet<>();
  private long unobserved;

  private record Done(Exchange exchange, boolean hostile, boolean noticed) {}

  /**
   * One.
   *
   * @param blind whether nothing is known of the clients' software
   */
  public Breach(Kind kind, long seed, boolean blind) {
    this.kind = kind;
    this.blind = blind;
    random = new SplittableRandom(seed);
    owners();
    thief();
    done.sort(Comparator.comparing(each -> each.exchange().at()));
    for (Done each : done) {
      if (each.hostile()) {
        hostile.set(entries.size());
      }
      entries.add(new JournalEntry(entries.size(), each.exchange()));
    }
  }

  private static String office(int number) {
    // Offices 0 and 1 are behind one address; 2 and 3 have their own.
    return "10.0." + Math.max(1, number) + ".1";
  }

  private void owners() {
    for (int office = 0; office < OFFICES; office++) {
      int people = kind == Kind.SHARED_KEY && office == 0 ? 2 : 1;
      for (int person = 0; person < people; person++) {
        Instant at = BEGIN.plusSeconds(random.nextLong(600));
        while (at.isBefore(BEGIN.plus(Duration.ofHours(48)))) {
          int patient = office * 100 + random.nextInt(30);
          add(
              at,
              Optional.of("key-" + office),
              person == 0 ? office(office) : "10.9.9.9",
              client("browser-" + (office + person) % 3, "login-" + office),
              false,
              false,
              patient);
          at = at.plusSeconds(120 + random.nextLong(1_200));
        }
      }
    }
    if (kind == Kind.WALK) {
      for (int i = 0; i < 1_500; i++) {
        Instant at = BEGIN.plusSeconds(random.nextLong(48 * 3_600));
        String source = "10.8.%d.%d".formatted(random.nextInt(4), random.nextInt(250));
        add(
            at,
            Optional.empty(),
            source,
            client("browser-" + random.nextInt(3), ""),
            false,
            !at.isBefore(BEGIN.plus(ATTACK)) && random.nextInt(4) == 0,
            5_000 + random.nextInt(3_000));
      }
    }
  }

  private void thief() {
    int requests = 60 + random.nextInt(200);
    for (int i = 0; i < requests; i++) {
      Instant at = BEGIN.plus(ATTACK).plusSeconds(i * 7L + random.nextLong(5));
      String session = kind == Kind.SAME_LOGIN ? "stolen-login" : "";
      String source =
          switch (kind) {
            case ABROAD, SHARED_KEY, SEVERAL_KEYS -> "198.51.100.7";
            case SAME_OFFICE -> office(0);
            case MANY_ADDRESSES -> "198.51.100." + random.nextInt(5);
            case SAME_LOGIN -> i < requests / 2 ? "198.51.100.7" : "203.0.113.66";
            case WALK -> "198.51.%d.%d".formatted(random.nextInt(8), random.nextInt(250));
          };
      String key = kind == Kind.SEVERAL_KEYS ? "key-" + i % 4 : "key-0";
      boolean noticed =
          i > 10
              && switch (kind) {
                case SEVERAL_KEYS -> i % 4 == 0;
                case SAME_LOGIN -> i < requests / 2;
                default -> true;
              };
      add(
          at,
          kind == Kind.WALK ? Optional.empty() : Optional.of(key),
          source,
          client("tool", session),
          true,
          kind == Kind.WALK || noticed,
          10_000 + i * 20);
    }
  }

  private Client client(String software, String session) {
    return blind
        ? Client.UNKNOWN
        : new Client(
            Optional.of("t13d1516h2_" + software),
            Optional.of(software),
            session.isEmpty() ? Optional.empty() : Optional.of(session));
  }

  private void add(
      Instant at,
      Optional<String> key,
      String source,
      Client client,
      boolean isHostile,
      boolean noticed,
      int patient) {
    int form = noticed && key.isEmpty() ? 0 : random.nextInt(20);
    List<Pseudonym> subjects =
        form < 4 && isHostile
            ? IntStream.range(patient, patient + 20).mapToObj(Breach::pseudonym).toList()
            : List.of(pseudonym(patient));
    String method = form == 19 ? "HEAD" : form == 18 ? "PATCH" : "GET";
    int status = form == 17 ? 304 : form == 16 ? 206 : 200;
    Carried carried =
        switch (form) {
          case 16 -> new Carried(Set.of("health"), subjects, 1, Observation.PARTIAL, 700);
          case 15 -> new Carried(Set.of(), List.of(), 0, Observation.UNREADABLE, 900);
          default -> Carried.of(Set.of("health"), subjects, Observation.COMPLETE);
        };
    if (isHostile) {
      unobserved += carried.unobserved();
      reached.addAll(form == 17 || form == 19 ? List.of() : carried.subjects());
    }
    var exchange =
        new Exchange(
            at,
            Duration.ofMillis(3),
            Optional.of("patients"),
            key,
            key.map(id -> "account-of-" + id),
            Optional.empty(),
            source,
            client,
            method,
            "/v1/patients/" + pseudonym(patient),
            status,
            method.equals("PATCH") ? 40 : 0,
            form == 17 || form == 19 ? 0 : 1_000,
            new Outcome.Forwarded(),
            List.of(),
            carried,
            method.equals("PATCH")
                ? Carried.of(Set.of("health"), subjects, Observation.COMPLETE)
                : Carried.NOTHING);
    done.add(new Done(exchange, isHostile, noticed));
  }

  private static Pseudonym pseudonym(int patient) {
    return new Pseudonym("patient-%06d".formatted(patient));
  }

  /** As the journal has them. */
  public List<Exchange> exchanges() {
    return entries.stream().map(JournalEntry::exchange).toList();
  }

  /** What a detector says of it. */
  public Signal signal() {
    List<Long> evidence =
        IntStream.range(0, done.size())
            .filter(i -> done.get(i).noticed())
            .mapToObj(i -> (long) i)
            .limit(Signal.MAX_EVIDENCE)
            .toList();
    Optional<String> credential = kind == Kind.WALK ? Optional.empty() : Optional.of("key-0");
    Optional<String> source =
        switch (kind) {
          case WALK, MANY_ADDRESSES -> Optional.empty();
          case SAME_OFFICE -> Optional.of(office(0));
          default -> Optional.of("198.51.100.7");
        };
    return new Signal(
        "s1",
        "object-enumeration",
        BEGIN.plus(ATTACK).plusSeconds(600),
        Severity.HIGH,
        0.9,
        new Principals(
            credential, credential.map(id -> "account-of-" + id), source, Optional.of("patients")),
        "One credential reads ever more records",
        evidence,
        "API1:2023",
        "T1119");
  }

  /** Whether that exchange was the thief's. */
  public boolean isHostile(JournalEntry entry) {
    return hostile.get((int) entry.sequence());
  }

  /** The journal. */
  public List<JournalEntry> entries() {
    return entries;
  }

  /** Whom the thief reached, as far as anybody could see. */
  public Set<Pseudonym> reached() {
    return reached;
  }

  /** Bytes of the thief's answers that nobody could read. */
  public long unobserved() {
    return unobserved;
  }

  /** Exchanges of the thief. */
  public long size() {
    return hostile.cardinality();
  }
}
