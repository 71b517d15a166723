package dev.portcullis.journal;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.Keyring;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Journals and exchanges for tests. */
final class TestJournals {
  static final String ORIGIN = "gate-1/journal";
  static final Duration NEVER = Duration.ofDays(1);

  private TestJournals() {}

  static JournalSettings settings(long segmentSize, Duration checkpoints) {
    return new JournalSettings(Duration.ofMillis(2), segmentSize, 8_192, checkpoints);
  }

  /** Keys lie beside the journal, in {@code keys}. */
  static FileJournal open(Path directory, JournalSettings settings) {
    return open(directory, settings, SegmentFile::open);
  }

  static FileJournal open(Path directory, JournalSettings settings, SegmentFile.Opener opener) {
    return FileJournal.open(
        directory,
        settings,
        Keyring.open(directory.resolveSibling("keys")).signingKeys("journal"),
        ORIGIN,
        new SivPseudonyms(
            Keyring.open(directory.resolveSibling("keys")).deterministicCipher("subjects")),
        InstantSource.system(),
        new SimpleMeterRegistry(),
        opener);
  }

  /** Tells the sequence, or fails with the reason. */
  static CompletableFuture<Long> append(
      Journal journal, Exchange exchange, Journal.Durability durability) {
    var told = new CompletableFuture<Long>();
    journal.append(
        exchange,
        durability,
        new Journal.Receipt() {
          @Override
          public void recorded(long sequence) {
            if (!told.complete(sequence)) {
              throw new AssertionError("told twice");
            }
          }

          @Override
          public void lost(String reason) {
            if (!told.completeExceptionally(new IllegalStateException(reason))) {
              throw new AssertionError("told twice");
            }
          }
        });
    return told;
  }

  static long record(Journal journal, Exchange exchange) throws Exception {
    return append(journal, exchange, Journal.Durability.WRITTEN).get(60, TimeUnit.SECONDS);
  }

  static List<Exchange> readAll(Journal journal, long from) {
    var all = new ArrayList<Exchange>();
    try (var reader = journal.read(from)) {
      long expected = from;
      while (reader.hasNext()) {
        JournalEntry entry = reader.next();
        if (entry.sequence() != expected++) {
          throw new AssertionError("sequence " + entry.sequence());
        }
        all.add(entry.exchange());
      }
    }
    return all;
  }

  /** One that carries its number, so that it is told from all others. */
  static Exchange numbered(long number) {
    return new Exchange(
        Instant.ofEpochSecond(1_790_000_000, 123_456_000).plusMillis(number),
        Duration.ofNanos(1_234_000),
        Optional.of("patients-read"),
        Optional.of("key-7f3a91"),
        Optional.of("clinic-north"),
        Optional.empty(),
        "203.0.113.77",
        Client.UNKNOWN,
        "GET",
        "/n/" + number,
        200,
        0,
        1_843,
        new Outcome.Forwarded(),
        List.of(),
        Carried.of(Set.of("contact", "health"), List.of(), Observation.COMPLETE),
        Carried.NOTHING);
  }

  static long numberOf(Exchange exchange) {
    return Long.parseLong(exchange.path().substring("/n/".length()));
  }

  /** Any exchange that the format can hold, with a leaning to what is common. */
  static Exchange random(Random random) {
    var subjects = new ArrayList<Pseudonym>();
    for (int i = random.nextInt(5); i > 0; i--) {
      byte[] raw = new byte[random.nextInt(40)];
      random.nextBytes(raw);
      subjects.add(
          new Pseudonym(
              random.nextInt(4) == 0
                  ? text(random, 12)
                  : java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(raw)));
    }
    var classes = new TreeSet<String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      classes.add(text(random, 8));
    }
    var findings = new ArrayList<Finding>();
    for (int i = random.nextInt(3); i > 0; i--) {
      findings.add(new Finding(text(random, 9), text(random, 9), text(random, 20)));
    }
    var path = new StringBuilder("/" + text(random, 20));
    for (Pseudonym subject : subjects) {
      if (random.nextBoolean()) {
        path.append("/~").append(subject.value()).append(random.nextBoolean() ? "/" : "~");
      }
    }
    Outcome outcome =
        switch (random.nextInt(3)) {
          case 0 -> new Outcome.Forwarded();
          case 1 -> new Outcome.Refused(text(random, 10), text(random, 10));
          default -> new Outcome.Failed(text(random, 10));
        };
    return new Exchange(
        MicroTime.instant(random.nextLong() >> random.nextInt(60)),
        MicroTime.duration(random.nextLong() >> random.nextInt(60)),
        optional(random),
        optional(random),
        optional(random),
        optional(random),
        random.nextInt(4) == 0
            ? text(random, 15)
            : random.nextInt(300) + "." + random.nextInt(256) + ".0." + random.nextInt(256),
        client(random),
        random.nextInt(4) == 0 ? text(random, 9) : random.nextBoolean() ? "GET" : "DELETE",
        path.toString(),
        random.nextInt(),
        random.nextLong() >> random.nextInt(64),
        random.nextLong() >> random.nextInt(64),
        outcome,
        findings,
        new Carried(
            classes,
            subjects,
            random.nextBoolean() ? subjects.size() : random.nextLong() >> random.nextInt(64),
            List.of(Observation.values()).get(random.nextInt(4)),
            random.nextBoolean() ? 0 : random.nextLong() >> random.nextInt(64)),
        random.nextBoolean()
            ? Carried.NOTHING
            : new Carried(
                classes,
                subjects.subList(0, subjects.size() / 2),
                random.nextInt(),
                List.of(Observation.values()).get(random.nextInt(4)),
                random.nextInt()));
  }

  private static Client client(Random random) {
    Optional<String> fingerprint =
        random.nextBoolean()
            ? optional(random)
            : Optional.of("t13d1516h2_%012x_e5627efa2ab1".formatted(random.nextLong() >>> 16));
    return new Client(fingerprint, optional(random), optional(random));
  }

  private static Optional<String> optional(Random random) {
    return random.nextBoolean() ? Optional.of(text(random, 15)) : Optional.empty();
  }

  private static String text(Random random, int maximum) {
    var text = new StringBuilder();
    for (int i = random.nextInt(maximum + 1); i > 0; i--) {
      int limit = random.nextInt(5) == 0 ? Character.MAX_CODE_POINT : 0x7F;
      int character = random.nextInt(limit + 1);
      boolean surrogate = character >= 0xD800 && character <= 0xDFFF;
      text.appendCodePoint(surrogate ? '~' : character);
    }
    return text.toString();
  }

  /** What a killed machine would leave: the files as they are now. */
  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!file.endsWith("lock")) {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
