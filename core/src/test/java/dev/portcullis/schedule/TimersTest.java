package dev.portcullis.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.store.Store;
import dev.portcullis.telemetry.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recurring tasks on the real store. */
class TimersTest {
  private static final Duration OFTEN = Timers.RESOLUTION;

  @TempDir Path directory;
  private final Metrics metrics = new Metrics();
  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Timers timers() {
    return new Timers(store, metrics, InstantSource.system());
  }

  private static ConditionFactory eventually() {
    // the scheduler's own threads may fail meanwhile: that they are survived is what is tested
    return Awaitility.await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60));
  }

  private double runs(String timer, String outcome) {
    var counter =
        metrics
            .registry()
            .find("portcullis.timer.runs")
            .tags("timer", timer, "outcome", outcome)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void aTaskComesRoundAgainAndAFailingOneIsTriedAgainWithoutHarmToOthers() {
    var failing = new AtomicInteger();
    try (Timers timers =
        timers()
            .every("steady", OFTEN, () -> {})
            .every(
                "failing",
                OFTEN,
                () -> {
                  failing.incrementAndGet();
                  throw new IllegalStateException("no luck");
                })) {
      timers.start();
      eventually()
          .untilAsserted(() -> {
            assertThat(runs("steady", "done")).isGreaterThanOrEqualTo(3);
            assertThat(runs("failing", "failed")).isGreaterThanOrEqualTo(3);
          });
    }
    assertThat(runs("failing", "done")).isZero();
    assertThat(failing.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aRestartDoesNotRunAgainWhatIsNotDueYet() {
    var hourly = new AtomicInteger();
    var fast = new AtomicInteger();
    for (int start = 1; start <= 2; start++) {
      int until = 2 * start;
      try (Timers timers =
          timers()
              .every("hourly", Duration.ofHours(1), hourly::incrementAndGet)
              .every("fast", OFTEN, fast::incrementAndGet)) {
        timers.start();
        eventually()
            .untilAsserted(() -> {
              assertThat(hourly.get()).isGreaterThanOrEqualTo(1);
              assertThat(fast.get()).isGreaterThanOrEqualTo(until);
            });
      }
    }
    assertThat(hourly).hasValue(1);
  }

  @Test
  void aStoreThatIsBlockedForLongDoesNotEndTheTimers() throws Exception {
    var begun = new CountDownLatch(1);
    var blocked = new CountDownLatch(1);
    try (Timers timers =
        timers()
            .every("plain", OFTEN, () -> {})
            .every(
                "writing",
                OFTEN,
                () -> {
                  begun.countDown();
                  await(blocked);
                  store
                      .jdbi()
                      .useHandle(
                          handle -> handle.execute("UPDATE scheduled_tasks SET priority = 0"));
                })) {
      timers.start();
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      try (var handle = store.jdbi().open()) {
        handle.begin();
        handle.execute("UPDATE scheduled_tasks SET priority = 1");
        blocked.countDown();
        eventually()
            .untilAsserted(() -> assertThat(runs("writing", "failed")).isGreaterThanOrEqualTo(1));
        handle.rollback();
      }
      double before = runs("plain", "done");
      eventually()
          .untilAsserted(() -> {
            assertThat(runs("writing", "done")).isGreaterThanOrEqualTo(1);
            assertThat(runs("plain", "done")).isGreaterThan(before + 1);
          });
    }
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    try (Timers timers = timers().every("expire", OFTEN, () -> {})) {
      assertThatThrownBy(() -> timers.every("expire", OFTEN, () -> {}))
          .hasMessageContaining("added twice");
      assertThatThrownBy(() -> timers.every("hasty", Duration.ofMillis(1), () -> {}))
          .hasMessageContaining("expected: at least PT0.5S");
      timers.start();
      assertThatThrownBy(() -> timers.every("late", OFTEN, () -> {}))
          .hasMessageContaining("after the start");
      assertThatThrownBy(timers::start).hasMessageContaining("started already");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
