package dev.portcullis.schedule;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.portcullis.store.Store;
import dev.portcullis.telemetry.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Named tasks that come round again. When they last ran and when they are due is kept in the store:
 * a restart neither forgets nor doubles one, and one that a crash broke off is taken up again.
 */
public final class Timers implements AutoCloseable {
  /** Tasks at the same time. Platform threads: a native database call would pin a virtual one. */
  static final int THREADS = 4;

  /** The shortest delay, and how often the store is asked what is due. */
  static final Duration RESOLUTION = Duration.ofMillis(500);

  /** How long {@link #stop} waits for running tasks. */
  static final Duration STOPPING = Duration.ofSeconds(20);

  /** A task whose process has been silent for four of these is taken for broken off. */
  static final Duration HEARTBEAT = Duration.ofSeconds(3);

  private static final int MISSED_HEARTBEATS = 4;

  private final DataSource source;
  private final MeterRegistry meters;
  private final InstantSource clock;
  private final Map<String, RecurringTask<Void>> tasks = new LinkedHashMap<>();
  private Optional<Scheduler> scheduler = Optional.empty();

  /** Runs nothing before {@link #start}. */
  public Timers(Store store, Metrics metrics, InstantSource clock) {
    this.source = store.dataSource();
    this.meters = metrics.registry();
    this.clock = clock;
  }

  /**
   * Adds a task: due at the first start, and then always that long after it ended; a restart keeps
   * the time. What it throws is logged and counted, and it is tried again after the same delay.
   *
   * @param name unique; the same after a restart
   * @param delay at least {@link #RESOLUTION}
   * @throws IllegalArgumentException when the name is taken or the delay too short
   * @throws IllegalStateException when started already
   */
  public synchronized Timers every(String name, Duration delay, Runnable task) {
    if (scheduler.isPresent()) {
      throw new IllegalStateException(
          "Timer " + name + ": added after the start (expected: before)");
    }
    if (delay.compareTo(RESOLUTION) < 0) {
      throw new IllegalArgumentException(
          "Timer %s: every %s (expected: at least %s)".formatted(name, delay, RESOLUTION));
    }
    if (tasks.containsKey(name)) {
      throw new IllegalArgumentException("Timer " + name + ": added twice (expected: once)");
    }
    tasks.put(
        name,
        Tasks.recurring(name, FixedDelay.of(delay))
            .execute((instance, context) -> counted(name, task)));
    return this;
  }

  /**
   * Starts all tasks.
   *
   * @throws IllegalStateException when started already, or when the store could not take them
   */
  public synchronized void start() {
    if (scheduler.isPresent()) {
      throw new IllegalStateException("The timers were started already");
    }
    Scheduler started =
        Scheduler.create(source)
            .startTasks(List.copyOf(tasks.values()))
            .threads(THREADS)
            .pollingInterval(RESOLUTION)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(STOPPING)
            .failureLogging(LogLevel.WARN, true)
            .clock(clock::instant)
            .build();
    started.start();
    scheduler = Optional.of(started);
    // The library logs a task that it could not store, and goes on without it.
    List<String> missing =
        tasks.values().stream()
            .filter(task -> started.getScheduledExecution(task.getDefaultTaskInstance()).isEmpty())
            .map(RecurringTask::getName)
            .toList();
    if (!missing.isEmpty()) {
      stop();
      throw new IllegalStateException(
          "The store could not take the timers %s; the log says why; start again"
              .formatted(missing));
    }
  }

  /** Starts no more tasks and waits for the running ones. Does nothing when not started. */
  public synchronized void stop() {
    scheduler.ifPresent(Scheduler::stop);
    scheduler = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }

  private void counted(String name, Runnable task) {
    String outcome = "failed";
    try {
      task.run();
      outcome = "done";
    } finally {
      meters.counter("portcullis.timer.runs", "timer", name, "outcome", outcome).increment();
    }
  }
}
