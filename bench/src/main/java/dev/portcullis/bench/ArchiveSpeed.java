package dev.portcullis.bench;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.ArchiveReport;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.FileJournal;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalReader;
import dev.portcullis.journal.JournalVerifier;
import dev.portcullis.journal.SivPseudonyms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bytes an exchange in a segment and in the archive, how fast segments are archived (written, read
 * back and compared), and how fast an archive is read and verified. Leaves the journal behind.
 */
final class ArchiveSpeed {
  private static final int UNDER_WAY = 2_000;

  private ArchiveSpeed() {}

  /** A new directory, and how many exchanges. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          arguments.length + " arguments (expected: a new directory, exchanges)");
    }
    Path directory = Files.createDirectory(Path.of(arguments[0]));
    int exchanges = Integer.parseInt(arguments[1]);
    try (var journal = open(directory)) {
      append(journal, exchanges);
      long start = System.nanoTime();
      long processor = processorNanos();
      ArchiveReport report = journal.archive(Duration.ZERO);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%,d records in %d files: %.1f bytes each in the segments, %.1f in the archive (and 32 for"
              + " the leaf hash); archived at %,.0f records/s, %.1f us of CPU each%n",
          report.records(),
          report.segments(),
          (double) report.segmentBytes() / report.records(),
          (double) report.archiveBytes() / report.records(),
          report.records() / seconds,
          (processorNanos() - processor) / 1e3 / report.records());
      start = System.nanoTime();
      processor = processorNanos();
      long read = 0;
      try (JournalReader reader = journal.read(0)) {
        while (reader.hasNext() && read < report.records()) {
          reader.next();
          read++;
        }
      }
      System.out.printf(
          "read in order at %,.0f records/s, %.1f us of CPU each%n",
          read / ((System.nanoTime() - start) / 1e9), (processorNanos() - processor) / 1e3 / read);
    }
    long start = System.nanoTime();
    long processor = processorNanos();
    var verification = JournalVerifier.verify(directory.resolve("journal"), Optional.empty());
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%s; %,.0f records/s, %.1f us of CPU each%n",
        verification.text(), exchanges / seconds, (processorNanos() - processor) / 1e3 / exchanges);
  }

  private static long processorNanos() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }

  private static FileJournal open(Path directory) {
    var keys = Keyring.open(directory.resolve("keys"));
    return FileJournal.open(
        directory.resolve("journal"),
        JournalSettings.DEFAULT,
        keys.signingKey("journal"),
        "bench/journal",
        new SivPseudonyms(keys.deterministicCipher("subjects")),
        InstantSource.system(),
        new SimpleMeterRegistry());
  }

  private static void append(FileJournal journal, int exchanges) {
    var traffic = new SkewedTraffic();
    var underWay = new Semaphore(UNDER_WAY);
    var lost = new AtomicReference<>("");
    var receipt =
        new Journal.Receipt() {
          @Override
          public void recorded(long sequence) {
            underWay.release();
          }

          @Override
          public void lost(String reason) {
            lost.set(reason);
            underWay.release();
          }
        };
    for (int i = 0; i < exchanges; i++) {
      Exchange exchange = traffic.next();
      underWay.acquireUninterruptibly();
      journal.append(exchange, Journal.Durability.WRITTEN, receipt);
    }
    underWay.acquireUninterruptibly(UNDER_WAY);
    if (!lost.get().isEmpty()) {
      throw new IllegalStateException("Exchanges were lost: " + lost.get());
    }
  }
}
