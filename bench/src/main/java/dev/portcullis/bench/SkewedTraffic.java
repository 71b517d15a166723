package dev.portcullis.bench;

import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Exchanges as an API sees them: 2,000 credentials of which few do much, 50,000 people of whom some
 * are asked for often, four routes, one address in twenty another than usual, 3 % not found, one in
 * twenty a write, 125 requests a second, pseudonyms of 8 random bytes.
 */
final class SkewedTraffic {
  private static final int CREDENTIALS = 2_000;
  private static final int PEOPLE = 50_000;
  private static final long MEAN_MICROS = 8_000;
  private static final int PER_SESSION = 20_000;
  private static final List<String> ROUTES =
      List.of("patient-record", "patient-contact", "visit", "lab-result");

  private final Random random = new Random(42);
  private long number;
  private Instant at = Instant.parse("2026-03-01T08:00:00Z");

  Exchange next() {
    number++;
    at = at.plus((long) (-Math.log(1 - random.nextDouble()) * MEAN_MICROS), ChronoUnit.MICROS);
    int credential = skewed(CREDENTIALS);
    int person = skewed(PEOPLE);
    String route = ROUTES.get(Math.min(3, (int) (4 * random.nextDouble() * random.nextDouble())));
    boolean write = random.nextInt(20) == 0;
    boolean found = random.nextInt(100) >= 3;
    var subject = new Pseudonym(text(0x5EED_0000_0000L + person, 8));
    var carried = Carried.of(Set.of("contact", "health"), List.of(subject), Observation.COMPLETE);
    int host = 1 + (credential * 7 + (random.nextInt(20) == 0 ? 1 : 0)) % 250;
    return new Exchange(
        at,
        Duration.of((long) Math.exp(7 + 3 * random.nextDouble()), ChronoUnit.MICROS),
        Optional.of(route),
        Optional.of("key-" + Integer.toHexString(credential * 0x9E3779B1)),
        Optional.of("account-" + credential / 3),
        Optional.empty(),
        "203.0." + credential % 200 + "." + host,
        new Client(
            Optional.of("t13d1516h2_8daaf6152771_e5627efa2ab" + credential % 9),
            Optional.of(text(credential % 30, 6)),
            Optional.of(text(credential * 1_000L + number / PER_SESSION, 6))),
        write ? "PUT" : "GET",
        "/v1/patients/~" + subject.value() + "/" + route,
        found ? 200 : 404,
        write ? 100 + random.nextInt(200) : 0,
        found ? 300 + random.nextInt(3_000) : 42,
        new Outcome.Forwarded(),
        List.of(),
        found ? carried : Carried.of(Set.of(), List.of(), Observation.COMPLETE),
        write ? carried : Carried.NOTHING);
  }

  private int skewed(int of) {
    return (int) (of * Math.pow(random.nextDouble(), 3));
  }

  /** Bytes that look random and belong to the seed. */
  private static String text(long seed, int bytes) {
    byte[] raw = new byte[bytes];
    new Random(seed).nextBytes(raw);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }
}
