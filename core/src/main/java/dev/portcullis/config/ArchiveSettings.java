package dev.portcullis.config;

import java.time.Duration;

/**
 * When sealed segments of the journal become Parquet.
 *
 * @param enabled default true
 * @param after that long after a segment was sealed (default 5 minutes)
 * @param memory bytes that reading and writing the archive may take; beyond it spills to the disk
 *     (default 512 MiB)
 */
public record ArchiveSettings(boolean enabled, Duration after, long memory) {
  /** The defaults. */
  public static final ArchiveSettings DEFAULT =
      new ArchiveSettings(true, Duration.ofMinutes(5), 512L << 20);
}
