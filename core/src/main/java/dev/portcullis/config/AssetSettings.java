package dev.portcullis.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that is backed up and restored. YAML: {@code - {name: clinic-database, kind: sqlite,
 * path: ./clinic.db, upstream: clinic, backup: {every: 30s, to: ./offsite, keep: 48}, rto: 5m, rpo:
 * 1m}}.
 *
 * @param source what it is
 * @param upstream the upstream that lives on it
 * @param every between two backups
 * @param copies where they go, and how many are kept
 * @param recoveryTime objective (RTO)
 * @param recoveryPoint objective (RPO)
 */
public record AssetSettings(
    String name,
    Source source,
    String upstream,
    Duration every,
    Copies copies,
    Duration recoveryTime,
    Duration recoveryPoint) {

  /** Where the recovery points go. */
  public sealed interface Copies {
    /**
     * Snapshots in one directory, written by Portcullis itself, for SQLite alone. YAML: {@code to:
     * DIRECTORY, keep: NUMBER}.
     */
    record Snapshots(Path directory, int keep) implements Copies {}

    /**
     * Repositories of the backup engine. YAML: {@code destinations: [NAME], keep: {daily: 7}}.
     *
     * @param destinations names, at least one
     */
    record Repositories(List<String> destinations, Keep keep) implements Copies {
      public Repositories {
        destinations = List.copyOf(destinations);
      }
    }
  }

  /** What an asset is. */
  public sealed interface Source {
    /** A SQLite database file. YAML: {@code kind: sqlite, path: FILE}. */
    record Sqlite(Path path) implements Source {}

    /**
     * A directory with all below it. YAML: {@code kind: directory, path: DIRECTORY}.
     *
     * @param exclude the backup engine's patterns of what is left out
     */
    record Directory(Path path, List<String> exclude) implements Source {
      public Directory {
        exclude = List.copyOf(exclude);
      }
    }

    /**
     * Whatever a command writes to its standard output; run without a shell.
     *
     * @param backup the command and its arguments; it ends with 0 only if it wrote everything
     * @param restore reads the stream on its standard input and brings it into the directory {@code
     *     PORTCULLIS_TARGET}, or where {@code PORTCULLIS_LIVE} is 1 into the live asset; empty:
     *     what is restored is the stream as a file
     * @param least bytes below which a stream can't be a whole one
     */
    record Command(List<String> backup, List<String> restore, long least) implements Source {
      public Command {
        backup = List.copyOf(backup);
        restore = List.copyOf(restore);
      }
    }

    /**
     * A PostgreSQL server as a whole, physically: base backups and its write-ahead log.
     *
     * @param connection libpq's connection string, without a password
     * @param passfile libpq's file of passwords
     * @param slot replication slot, made if it is missing
     * @param ship how often the write-ahead log received goes to the destinations
     * @param runAs system user that runs restored servers; needed where Portcullis runs as root
     * @param sandbox directory that this user can reach
     * @param binaries directory of the server's programs; empty: found by the server's version
     * @param verify queries whose answers prove that a restored server holds what it should
     */
    record Postgresql(
        String connection,
        Optional<Path> passfile,
        String slot,
        Duration ship,
        Optional<String> runAs,
        Optional<Path> sandbox,
        Optional<Path> binaries,
        List<Query> verify)
        implements Source {
      public Postgresql {
        verify = List.copyOf(verify);
      }
    }
  }

  /**
   * A question to a restored database.
   *
   * @param database where it is asked
   * @param sql one statement with one value
   * @param expect the answer as text; empty: any answer is right, and is reported
   */
  public record Query(String database, String sql, Optional<String> expect) {}
}
