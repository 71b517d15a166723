package dev.portcullis.app;

import dev.portcullis.detect.Detection;
import dev.portcullis.detect.Signal;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.JournalEntry;
import dev.portcullis.journal.Outcome;
import dev.portcullis.store.Store;
import dev.portcullis.telemetry.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the journal as it grows and hands the detectors' signals on. At the start the last day is
 * read again, so that the detectors know what they knew; signals that had been handed on before are
 * not handed on again.
 */
final class DetectionLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DetectionLoop.class);

  /** How far back the detectors' memory is rebuilt. */
  static final Duration MEMORY = Duration.ofDays(14);

  private static final Duration WAIT = Duration.ofMillis(500);

  /**
   * A position is only saved this often: what came after it is handed on twice, which does no harm.
   */
  private static final Duration SAVE_EVERY = Duration.ofSeconds(1);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final Journal journal;
  private final Detection detection;
  private final Traffic traffic;
  private final Store store;
  private final Consumer<Signal> signals;
  private final Thread thread;

  /** What an entry raised and nobody answered yet: a fold can't be repeated, so it is kept. */
  private final Deque<Signal> unanswered = new ArrayDeque<>();

  private final CountDownLatch stopping = new CountDownLatch(1);
  private long next;
  private long saved;
  private long savedAt;

  DetectionLoop(
      Journal journal,
      Detection detection,
      Traffic traffic,
      Store store,
      Consumer<Signal> signals) {
    this.journal = journal;
    this.detection = detection;
    this.traffic = traffic;
    this.store = store;
    this.signals = signals;
    this.thread = Thread.ofPlatform().name("detection").unstarted(this::run);
  }

  /** Rebuilds what the detectors knew, then follows the journal, in a thread of its own. */
  void start() {
    saved = position();
    thread.start();
  }

  private void run() {
    boolean remembered = false;
    while (!isStopping()) {
      try {
        if (!remembered) {
          remember();
          remembered = true;
        }
        if (!unanswered.isEmpty() || journal.awaitBeyond(next, WAIT)) {
          drain();
        }
        saveIfDue(false);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("Detection stumbled at entry {} and goes on", next, e);
        pause();
      }
    }
  }

  /** Between two attempts at what failed; a stop ends it. */
  private void pause() {
    try {
      var _ = stopping.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  /** Folds again what was handed on before the start, without handing it on again. */
  private void remember() {
    next = Math.max(next, journal.firstSince(horizon(), 0, saved));
    try (var reader = journal.read(next)) {
      while (!isStopping() && next < saved && reader.hasNext()) {
        JournalEntry entry = reader.next();
        detection.accept(entry);
        next = entry.sequence() + 1;
      }
    }
  }

  private Instant horizon() {
    long end = journal.end();
    if (end == 0) {
      return Instant.MIN;
    }
    try (var reader = journal.read(end - 1)) {
      return reader.hasNext() ? reader.next().exchange().at().minus(MEMORY) : Instant.MIN;
    }
  }

  private void drain() {
    handOn();
    try (var reader = journal.read(next)) {
      while (!isStopping() && reader.hasNext()) {
        accept(reader.next());
      }
    }
  }

  private void accept(JournalEntry entry) {
    var exchange = entry.exchange();
    traffic.count(
        exchange.at(),
        switch (exchange.outcome()) {
          case Outcome.Forwarded forwarded -> Traffic.Kind.SERVED;
          case Outcome.Refused refused -> Traffic.Kind.REFUSED;
          case Outcome.Failed failed -> Traffic.Kind.FAILED;
        },
        exchange.subjects().size());
    unanswered.addAll(detection.accept(entry));
    next = entry.sequence() + 1;
    handOn();
  }

  private void handOn() {
    while (!unanswered.isEmpty()) {
      signals.accept(unanswered.getFirst());
      unanswered.removeFirst();
    }
  }

  private void saveIfDue(boolean now) {
    // a signal that waits for its answer is raised again by a restart that begins before it
    if (unanswered.isEmpty()
        && next > saved
        && (now || System.nanoTime() - savedAt > SAVE_EVERY.toNanos())) {
      store
          .jdbi()
          .useHandle(handle ->
              handle
                  .createUpdate(
                      "INSERT INTO detection_position (id, next_sequence) VALUES (1, :next)"
                          + " ON CONFLICT (id) DO UPDATE SET next_sequence = :next")
                  .bind("next", next)
                  .execute());
      saved = next;
      savedAt = System.nanoTime();
    }
  }

  private long position() {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT next_sequence FROM detection_position WHERE id = 1")
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
  }

  @Override
  public void close() {
    stopping.countDown();
    try {
      if (thread.isAlive()) {
        thread.join();
        saveIfDue(true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
