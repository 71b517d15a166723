package dev.portcullis.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process is killed (SIGKILL) while it writes, on a disk that is full, fails, or writes a
 * part; half of the time the power goes too, and with it whatever was not synced. {@code
 * -Dcrash.rounds=5000} for the long form.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("crash.rounds", 200);
  private static final long SEED = Long.getLong("crash.seed", 5);
  private static final long NUMBERS_A_ROUND = 1_000_000_000L;

  /** At once, each with a journal of its own. */
  private static final int LANES = 2;

  /** Then a new journal is begun, so that verifying it all over stays cheap. */
  private static final int ROUNDS_A_JOURNAL = 25;

  private static final int MAX_ACKS = 800;
  private static final long MAX_START_NANOS = 400_000_000;

  @TempDir Path temporary;

  @Test
  void aKilledProcessLosesNothingItAcknowledgedAndInventsNothing() throws Exception {
    var processes = new CrashProcess(temporary);
    try (var lanes = Executors.newFixedThreadPool(LANES)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        int number = lane;
        Callable<Integer> work = () -> lane(processes, number);
        running.add(lanes.submit(work));
      }
      int killed = 0;
      for (Future<Integer> lane : running) {
        killed += lane.get();
      }
      assertThat(killed).isEqualTo(ROUNDS);
    }
  }

  private int lane(CrashProcess processes, int lane) throws Exception {
    var random = new Random(SEED * LANES + lane);
    int rounds = ROUNDS / LANES + (lane < ROUNDS % LANES ? 1 : 0);
    long end = 0;
    for (int round = 0; round < rounds; round++) {
      Path directory =
          temporary.resolve("lane-%d-%d/journal".formatted(lane, round / ROUNDS_A_JOURNAL));
      end = round % ROUNDS_A_JOURNAL == 0 ? 0 : end;
      String name = "lane %d, round %d, seed %d".formatted(lane, round, SEED);
      end = round(processes, directory, random, round, end, name);
    }
    return rounds;
  }

  private static long round(
      CrashProcess processes, Path directory, Random random, int round, long from, String name)
      throws Exception {
    boolean anywhere = random.nextInt(10) == 0;
    boolean faults = random.nextInt(2) == 0;
    boolean powerCut = random.nextInt(2) == 0;
    Map<Long, CrashProcess.Ack> acknowledged =
        processes.runAndKill(
            directory,
            round * NUMBERS_A_ROUND,
            faults ? 1 + random.nextInt(1 << 30) : 0,
            anywhere ? 0 : 1 + random.nextInt(MAX_ACKS),
            random.nextLong(MAX_START_NANOS));
    long survive = Long.MAX_VALUE;
    if (!SegmentPaths.list(directory).isEmpty()) {
      if (powerCut) {
        var damage = CrashDamage.of(directory);
        survive = damage.exchangesBefore(damage.inflict(random));
      } else {
        var asLeft = JournalVerifier.verify(directory, Optional.empty());
        assertThat(asLeft)
            .as("%s, as left behind: %s", name, asLeft.text())
            .isInstanceOf(Verification.Verified.class);
      }
    }
    long end;
    try (var journal =
        TestJournals.open(directory, TestJournals.settings(20_000, TestJournals.NEVER))) {
      boolean gaps = faults || powerCut;
      check(journal, from, acknowledged, survive, round, gaps, name);
      end = journal.end();
    }
    var verification = JournalVerifier.verify(directory, Optional.empty());
    assertThat(verification)
        .as("%s: %s", name, verification.text())
        .isInstanceOfSatisfying(
            Verification.Verified.class, verified -> assertThat(verified.unsigned()).isZero());
    return end;
  }

  private static void check(
      Journal journal,
      long from,
      Map<Long, CrashProcess.Ack> acknowledged,
      long survive,
      int round,
      boolean gaps,
      String name) {
    assertThat(journal.end()).as(name).isGreaterThanOrEqualTo(from);
    Map<Long, Long> present = new HashMap<>();
    long[] next = new long[CrashChild.PRODUCERS];
    Arrays.setAll(next, p -> round * NUMBERS_A_ROUND + p);
    long sequence = from;
    for (Exchange exchange : TestJournals.readAll(journal, from)) {
      long number = TestJournals.numberOf(exchange);
      assertThat(exchange).as(name).isEqualTo(TestJournals.numbered(number));
      int producer = (int) (number % CrashChild.PRODUCERS);
      if (gaps) {
        assertThat(number).as("order, %s", name).isGreaterThanOrEqualTo(next[producer]);
      } else {
        assertThat(number).as("order, %s", name).isEqualTo(next[producer]);
      }
      next[producer] = number + CrashChild.PRODUCERS;
      present.put(number, sequence++);
    }
    acknowledged.forEach((number, ack) -> {
      if (ack.synced() || ack.sequence() < survive) {
        assertThat(present.get(number))
            .as("%s: number %d was acknowledged%s", name, number, ack.synced() ? " as synced" : "")
            .isEqualTo(ack.sequence());
      }
    });
  }
}
