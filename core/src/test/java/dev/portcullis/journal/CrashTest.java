package dev.portcullis.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another process is killed (SIGKILL) while it writes. {@code -Dcrash.rounds=N} for more. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 25);
  private static final long NUMBERS_A_ROUND = 1_000_000_000L;

  @TempDir Path temporary;

  @Test
  void aKilledProcessLosesNothingItAcknowledgedAndInventsNothing() throws Exception {
    var random = new Random(Long.getLong("crash.seed", 5));
    Path directory = temporary.resolve("journal");
    long end = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Map<Long, Long> acknowledged =
          runAndKill(directory, round * NUMBERS_A_ROUND, 1 + random.nextInt(4_000));
      var asLeft = JournalVerifier.verify(directory, Optional.empty());
      assertThat(asLeft)
          .as("round %d as left behind: %s", round, asLeft.text())
          .isInstanceOf(Verification.Verified.class);
      try (var journal =
          TestJournals.open(directory, TestJournals.settings(20_000, TestJournals.NEVER))) {
        checkRound(journal, end, acknowledged, round);
        end = journal.end();
      }
    }
    var verification = JournalVerifier.verify(directory, Optional.empty());
    assertThat(verification)
        .as(verification.text())
        .isInstanceOfSatisfying(
            Verification.Verified.class,
            verified -> {
              assertThat(verified.unsigned()).isZero();
              assertThat(verified.lost()).isZero();
            });
  }

  private static void checkRound(
      Journal journal, long from, Map<Long, Long> acknowledged, int round) {
    Map<Long, Long> present = new HashMap<>();
    long[] next = new long[CrashChild.PRODUCERS];
    for (int p = 0; p < next.length; p++) {
      next[p] = round * NUMBERS_A_ROUND + p;
    }
    long sequence = from;
    for (Exchange exchange : TestJournals.readAll(journal, from)) {
      long number = TestJournals.numberOf(exchange);
      assertThat(exchange).isEqualTo(TestJournals.numbered(number));
      int producer = (int) (number % CrashChild.PRODUCERS);
      assertThat(number).as("order of a producer, round %d", round).isEqualTo(next[producer]);
      next[producer] += CrashChild.PRODUCERS;
      present.put(number, sequence++);
    }
    assertThat(acknowledged).isNotEmpty();
    acknowledged.forEach((number, at) ->
        assertThat(present.get(number)).as("acknowledged in round %d", round).isEqualTo(at));
  }

  private static Map<Long, Long> runAndKill(Path directory, long base, int after) throws Exception {
    var child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    CrashChild.class.getName(),
                    directory.toString(),
                    Long.toString(base)))
            .redirectError(directory.resolveSibling("child.log").toFile())
            .start();
    Map<Long, Long> acknowledged = new HashMap<>();
    try (var in = new DataInputStream(child.getInputStream())) {
      while (true) {
        acknowledged.put(in.readLong(), in.readLong());
        if (acknowledged.size() == after) {
          child.destroyForcibly();
        }
      }
    } catch (EOFException dead) {
      // all that it had acknowledged is read
    } catch (java.io.IOException closed) {
      // Java closes the pipe when the process is dead
    }
    child.destroyForcibly().waitFor();
    assertThat(acknowledged).as("see child.log").hasSizeGreaterThanOrEqualTo(after);
    return acknowledged;
  }
}
