package dev.portcullis.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Something that is backed up and restored. YAML: {@code - {name: clinic-database, kind: sqlite,
 * path: ./clinic.db, upstream: clinic, backup: {every: 30s, to: ./offsite, keep: 48}, rto: 5m, rpo:
 * 1m}}.
 *
 * @param source what it is
 * @param upstream the upstream that lives on it
 * @param every between two backups
 * @param destination directory of the offsite copies
 * @param keep how many recovery points are kept
 * @param recoveryTime objective (RTO)
 * @param recoveryPoint objective (RPO)
 */
public record AssetSettings(
    String name,
    Source source,
    String upstream,
    Duration every,
    Path destination,
    int keep,
    Duration recoveryTime,
    Duration recoveryPoint) {

  /** What an asset is. */
  public sealed interface Source {
    /** A SQLite database file. YAML: {@code kind: sqlite, path: FILE}. */
    record Sqlite(Path path) implements Source {}
  }
}
