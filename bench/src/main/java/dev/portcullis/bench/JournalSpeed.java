package dev.portcullis.bench;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.FileJournal;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.SivPseudonyms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * How many typical exchanges the journal takes per second, and what each costs: processor time of
 * the whole process, bytes on disk. Two producers hand over as fast as they get receipts. Then what
 * waiting for it costs ({@link JournalWaits}). Leaves the journal behind, to be verified.
 */
final class JournalSpeed {
  private static final int PRODUCERS = 2;
  private static final int ROUNDS = 5;
  private static final int UNDER_WAY = 2_000;

  private final Path directory;
  private final FileJournal journal;
  private final Exchange exchange;
  private final AtomicLong lost = new AtomicLong();

  private JournalSpeed(Path directory) {
    this.directory = directory;
    var keys = Keyring.open(directory.resolve("keys"));
    var pseudonyms = new SivPseudonyms(keys.deterministicCipher("subjects"));
    this.journal =
        FileJournal.open(
            directory.resolve("journal"),
            JournalSettings.DEFAULT,
            keys.signingKey("journal"),
            "bench/journal",
            pseudonyms,
            InstantSource.system(),
            new SimpleMeterRegistry());
    this.exchange = typical(pseudonyms, InstantSource.system());
  }

  /** A new directory, and how many exchanges a round has. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          arguments.length + " arguments (expected: a new directory, exchanges per round)");
    }
    Path directory = Files.createDirectory(Path.of(arguments[0]));
    new JournalSpeed(directory).run(Integer.parseInt(arguments[1]));
  }

  private static Exchange typical(Pseudonyms pseudonyms, InstantSource clock) {
    var subject = pseudonyms.of("p-1042");
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new Exchange(
        now,
        Duration.of(1_234, ChronoUnit.MICROS),
        Optional.of("patient-record"),
        Optional.of("key-4f2a9c1b"),
        Optional.of("northside-clinic"),
        Optional.empty(),
        "192.0.2.17",
        Client.UNKNOWN,
        "GET",
        "/v1/patients/" + subject,
        200,
        0,
        812,
        new Outcome.Forwarded(),
        List.of(),
        Carried.of(Set.of("health", "contact"), List.of(subject), Observation.COMPLETE),
        Carried.NOTHING);
  }

  private void run(int exchanges) throws IOException, InterruptedException {
    try (journal) {
      for (int round = 0; round < ROUNDS; round++) {
        long wall = System.nanoTime();
        long processor = processorNanos();
        appendAll(exchanges);
        processor = processorNanos() - processor;
        wall = System.nanoTime() - wall;
        System.out.printf(
            "round %d: %,.0f exchanges/s, %.2f us of CPU each%s%n",
            round + 1,
            exchanges * 1e9 / wall,
            processor / 1e3 / exchanges,
            round == 0 ? " (warming up)" : "");
      }
      System.out.printf(
          "%d lost; %.1f bytes an exchange, leaf hash included%n",
          lost.get(), (double) bytes() / ((long) ROUNDS * exchanges));
      JournalWaits.beforeResponse(journal, exchange, directory, exchanges / 8);
      JournalWaits.handOver(journal, exchange);
    }
  }

  private void appendAll(int exchanges) throws InterruptedException {
    var producers = new ArrayList<Thread>();
    for (int i = 0; i < PRODUCERS; i++) {
      producers.add(Thread.ofPlatform().start(() -> produce(exchanges / PRODUCERS)));
    }
    for (Thread producer : producers) {
      producer.join();
    }
  }

  private void produce(int exchanges) {
    var underWay = new Semaphore(UNDER_WAY);
    var receipt =
        new Journal.Receipt() {
          @Override
          public void recorded(long sequence) {
            underWay.release();
          }

          @Override
          public void lost(String reason) {
            lost.incrementAndGet();
            underWay.release();
          }
        };
    for (int i = 0; i < exchanges; i++) {
      underWay.acquireUninterruptibly();
      journal.append(exchange, Journal.Durability.WRITTEN, receipt);
    }
    underWay.acquireUninterruptibly(UNDER_WAY);
  }

  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("journal"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
