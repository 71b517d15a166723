package dev.portcullis.config;

import java.time.Duration;

/**
 * Bounds and intervals of the journal.
 *
 * @param flushInterval longest time between a write and its fsync (default 5 ms)
 * @param segmentSize bytes after which a segment is sealed (default 64 MiB)
 * @param queue exchanges that may wait for the writer (default 8,192); beyond it the journal counts
 *     as full
 * @param checkpointInterval between two signed checkpoints (default 1 s)
 * @param attestation who else puts their names under checkpoints (default nobody)
 * @param archive when sealed segments become Parquet
 * @param retention how long exchanges are kept (default: for ever)
 */
public record JournalSettings(
    Duration flushInterval,
    long segmentSize,
    int queue,
    Duration checkpointInterval,
    AttestationSettings attestation,
    ArchiveSettings archive,
    RetentionSettings retention) {

  /** The defaults. */
  public static final JournalSettings DEFAULT =
      new JournalSettings(Duration.ofMillis(5), 64L << 20, 8_192, Duration.ofSeconds(1));

  /** With nobody else's names under its checkpoints, and the defaults of archive and retention. */
  public JournalSettings(
      Duration flushInterval, long segmentSize, int queue, Duration checkpointInterval) {
    this(flushInterval, segmentSize, queue, checkpointInterval, AttestationSettings.NONE);
  }

  /** With the defaults of archive and retention. */
  public JournalSettings(
      Duration flushInterval,
      long segmentSize,
      int queue,
      Duration checkpointInterval,
      AttestationSettings attestation) {
    this(
        flushInterval,
        segmentSize,
        queue,
        checkpointInterval,
        attestation,
        ArchiveSettings.DEFAULT,
        RetentionSettings.KEEP);
  }

  /** The same, asking nobody else. */
  public JournalSettings alone() {
    return new JournalSettings(
        flushInterval,
        segmentSize,
        queue,
        checkpointInterval,
        AttestationSettings.NONE,
        archive,
        retention);
  }
}
