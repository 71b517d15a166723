package dev.portcullis.journal;

import dev.portcullis.config.JournalSettings;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Records in the journal what is to be removed, and waits for the checkpoint that signs it: what is
 * missing without a signed record of it is a deletion.
 */
final class ExpiryRecorder {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Keeping.Appender appender;
  private final CheckpointFiles checkpoints;
  private final long patience;

  ExpiryRecorder(Keeping.Appender appender, CheckpointFiles checkpoints, JournalSettings settings) {
    this.appender = appender;
    this.checkpoints = checkpoints;
    this.patience =
        Math.min(LONGEST_NANOS, 2 * Waiting.nanos(settings.checkpointInterval()) + SLACK_NANOS);
  }

  /** Whether it is recorded and signed. */
  boolean record(Expiry expiry) {
    var leaves = new CompletableFuture<Long>();
    appender.append(
        new Note(RecordFormat.EXPIRY, expiry.encode(), expiry.at()),
        Journal.Durability.SYNCED,
        new Journal.Receipt() {
          @Override
          public void recorded(long size) {
            leaves.complete(size);
          }

          @Override
          public void lost(String reason) {
            leaves.completeExceptionally(new JournalException(reason));
          }
        });
    long deadline = System.nanoTime() + patience;
    try {
      long size = leaves.get(patience, TimeUnit.NANOSECONDS);
      while (checkpoints.signedSize() < size) {
        if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
          return false;
        }
        LockSupport.parkNanos(this, POLL_NANOS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      throw new JournalException(
          "What has expired could not be recorded, so nothing of it is removed: " + e.getMessage(),
          e);
    }
  }
}
