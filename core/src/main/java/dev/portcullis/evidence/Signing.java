package dev.portcullis.evidence;

import dev.portcullis.journal.JournalRecords;
import dev.portcullis.journal.SignedTree;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Waits until what was just recorded is under a signed checkpoint. */
final class Signing {
  /** Checkpoints are signed every second by default. */
  private static final Duration MOST = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final JournalRecords records;

  Signing(JournalRecords records) {
    this.records = records;
  }

  /**
   * The checkpoint over all that is written now, or after a while the last there is.
   *
   * @throws EvidenceException if there is none at all
   */
  SignedTree covering(long exchanges) {
    long written = Math.max(exchanges, records.written());
    long until = System.nanoTime() + MOST.toNanos();
    Optional<SignedTree> tree = records.signed();
    while (tree.map(SignedTree::size).orElse(0L) < written && System.nanoTime() < until) {
      LockSupport.parkNanos(PAUSE.toNanos());
      tree = records.signed();
    }
    return tree.orElseThrow(() ->
        new EvidenceException(
            "The journal has no signed checkpoint (expected: one, at most journal.checkpoint-interval after the first exchange): without it nothing can be proved; try again"));
  }
}
