package dev.portcullis.bench;

import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.Pseudonyms;
import dev.portcullis.journal.SivPseudonyms;
import dev.portcullis.journal.vault.Erasure;
import dev.portcullis.journal.vault.SubjectVault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a pseudonym costs the journal's writer: of somebody at hand, of somebody known, of somebody
 * new, committed durably a batch at a time; and how long an erasure holds it up.
 */
final class VaultSpeed {
  private static final int HOT = 10_000;
  private static final int ROUNDS = 200;
  private static final int ERASED = 31;
  private static final int[] BATCHES = {1, 10, 100, 1_000, 2_048};

  private VaultSpeed() {}

  /** A new directory, and how many people. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(
          arguments.length + " arguments (expected: a new directory, a number of people)");
    }
    Path directory = Files.createDirectory(Path.of(arguments[0]));
    int people = Integer.parseInt(arguments[1]);
    var keys = Keyring.open(directory.resolve("keys"));
    long start = System.nanoTime();
    long processor = processorNanos();
    try (var vault = open(directory, keys)) {
      say(
          "opening a new vault: %.0f ms, %.0f ms of CPU",
          (System.nanoTime() - start) / 1e6, (processorNanos() - processor) / 1e6);
      add(vault, people);
      say("%.0f bytes a person", (double) size(directory) / people);
      hot("at hand, vault", vault);
      hot("at hand, AES-SIV before", new SivPseudonyms(keys.deterministicCipher("subjects")));
      smallBatches(vault);
      erase(vault, people);
    }
    try (var vault = open(directory, keys)) {
      known(vault, people);
      reveal(vault, people);
    }
  }

  private static SubjectVault open(Path directory, Keyring keys) {
    return SubjectVault.open(
        directory.resolve("vault.db"), keys, InstantSource.system(), new SimpleMeterRegistry());
  }

  private static void add(SubjectVault vault, int people) {
    int tenth = people / 10;
    for (int part = 0; part < 10; part++) {
      long start = System.nanoTime();
      long processor = processorNanos();
      for (int i = part * tenth; i < (part + 1) * tenth; i++) {
        vault.of("person-" + i);
        if (i % 2_048 == 2_047) {
          vault.commit();
        }
      }
      vault.commit();
      say(
          "new people, 2,048 a commit, with %,d there: %,.0f/s, %.1f us of CPU each",
          part * tenth,
          tenth * 1e9 / (System.nanoTime() - start),
          (processorNanos() - processor) / 1e3 / tenth);
    }
  }

  private static void hot(String what, Pseudonyms pseudonyms) {
    String[] subjects = new String[HOT];
    Arrays.setAll(subjects, i -> "person-" + i);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (String subject : subjects) {
        pseudonyms.of(subject);
      }
      best = Math.min(best, System.nanoTime() - start);
      pseudonyms.commit();
    }
    say("%s: %.0f ns", what, (double) best / HOT);
  }

  private static void smallBatches(SubjectVault vault) {
    for (int batch : BATCHES) {
      long[] took = new long[ERASED];
      for (int round = 0; round < took.length; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < batch; i++) {
          vault.of("newcomer-" + batch + "-" + round + "-" + i);
        }
        vault.commit();
        took[round] = System.nanoTime() - start;
      }
      say("a batch with %,d new people, median: %.2f ms", batch, median(took));
    }
  }

  private static void erase(SubjectVault vault, int people) {
    var order = new Erasure.Order("bench", "bench", Optional.empty(), Optional.empty());
    long[] took = new long[ERASED];
    for (int i = 0; i < took.length; i++) {
      long start = System.nanoTime();
      vault.erase("person-" + (people - 1 - i), order);
      took[i] = System.nanoTime() - start;
    }
    say("an erasure among %,d, median: %.1f ms", people, median(took));
  }

  private static void known(SubjectVault vault, int people) {
    int count = Math.min(people / 2, 100_000);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      vault.of("person-" + i);
    }
    vault.commit();
    say("known people, not at hand: %,.0f/s", count * 1e9 / (System.nanoTime() - start));
  }

  private static void reveal(SubjectVault vault, int people) {
    int count = Math.min(people / 2, 100_000);
    long nanos = 0;
    for (int i = 0; i < count; i++) {
      var pseudonym = vault.of("person-" + i);
      long start = System.nanoTime();
      vault.reveal(pseudonym);
      nanos += System.nanoTime() - start;
    }
    say("revealed: %,.0f/s", count * 1e9 / nanos);
  }

  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static double median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2] / 1e6;
  }

  private static long size(Path directory) throws IOException {
    return Files.size(directory.resolve("vault.db"));
  }

  private static void say(String form, Object... values) {
    System.out.println(String.format(Locale.ROOT, form, values));
  }
}
