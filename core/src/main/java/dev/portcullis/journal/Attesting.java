package dev.portcullis.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the newest checkpoint to each witness and authority from time to time, on a virtual thread
 * each: a dead, slow or refusing one concerns neither the journal nor the others. What it missed is
 * covered by the next checkpoint that it does see.
 */
final class Attesting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Attesting.class);

  /** The longest pause after failures, unless the usual one is longer. */
  private static final Duration MAX_PAUSE = Duration.ofMinutes(5);

  private static final int MAX_DOUBLINGS = 16;
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Attesters attesters;
  private final CheckpointFiles files;
  private final JournalMeters meters;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  Attesting(Attesters attesters, CheckpointFiles files, JournalMeters meters) {
    this.attesters = attesters;
    this.files = files;
    this.meters = meters;
  }

  void start() {
    for (Attester attester : attesters.all()) {
      threads.add(
          Thread.ofVirtual()
              .name("portcullis-journal-" + attester.kind())
              .start(() -> run(attester)));
    }
  }

  private void run(Attester attester) {
    long attested = 0;
    int failures = 0;
    try {
      do {
        Optional<Checkpoint> newest = files.last();
        if (newest.isPresent() && newest.get().head().size() > attested) {
          if (attest(attester, newest.get(), failures)) {
            attested = newest.get().head().size();
            failures = 0;
          } else {
            failures++;
          }
        }
      } while (!closing.await(pause(attester.every(), failures), TimeUnit.NANOSECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long pause(Duration every, int failures) {
    long usual = Waiting.nanos(every);
    long longest = Math.max(usual, MAX_PAUSE.toNanos());
    double doubled = usual * Math.pow(2, Math.min(failures, MAX_DOUBLINGS));
    return (long) Math.min(doubled, (double) longest);
  }

  private boolean attest(Attester attester, Checkpoint checkpoint, int failures)
      throws InterruptedException {
    try {
      attester.attest(checkpoint, files);
      meters.attested(attester.kind());
      if (failures > 0) {
        LOG.info("{} answers again", attester.name());
      }
      return true;
    } catch (AttestationException e) {
      failed(attester, e.reason(), e, failures);
    } catch (IOException | RuntimeException e) {
      failed(attester, "here", e, failures);
    }
    return false;
  }

  private void failed(Attester attester, String reason, Exception e, int failures) {
    meters.attestationFailed(attester.kind(), reason);
    if (reason.equals(Witness.DISAGREES)) {
      LOG.error("{} does not confirm the journal: {}", attester.name(), e.getMessage());
    } else if (failures == 0) {
      LOG.warn(
          "{} has not signed the checkpoint ({}): the journal goes on, the next one will be shown"
              + " to it in time",
          attester.name(),
          e.getMessage());
    } else {
      LOG.debug("{} has failed {} times in a row", attester.name(), failures + 1, e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    attesters.close();
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
