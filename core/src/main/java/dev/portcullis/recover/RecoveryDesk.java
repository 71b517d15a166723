package dev.portcullis.recover;

import dev.portcullis.recover.engine.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Backups and restores. Blocks. */
public interface RecoveryDesk {
  /**
   * Takes a backup now.
   *
   * @throws RecoveryException with the place and the way out
   */
  RecoveryPoint backup(String asset);

  /**
   * How far the asset's backup or restore is, if one runs.
   *
   * @throws RecoveryException there is no such asset
   */
  Optional<Progress> progress(String asset);

  /**
   * Stops the asset's backup or restore. What a backup has sent need not be sent again; a restore
   * leaves the live asset as it is.
   *
   * @return whether one ran
   */
  boolean cancel(String asset);

  /** How all assets' backups are doing. */
  List<AssetBackups> backups();

  /** The asset's recovery points, newest first, read from the destination. */
  List<RecoveryPoint> points(String asset);

  /**
   * What is asked for.
   *
   * @param before the recovery point must be older than this
   * @param into a file, or where the asset is no single file a directory, to restore into; empty
   *     and not live: a sandbox in the state directory
   * @param live over the asset itself, after a safety copy
   */
  record Request(
      String asset, Instant before, Optional<String> incident, Optional<Path> into, boolean live) {}

  /**
   * Brings back the last recovery point before that moment: first into a sandbox, verified there,
   * then over the live asset if so asked, verified again.
   *
   * @throws RecoveryException with the place and the way out; the live asset is as it was
   */
  RestoreReport restore(Request request);

  /** All restores, newest first. */
  List<RestoreReport> reports();

  /** An incident's restores, newest first. */
  default List<RestoreReport> reports(String incident) {
    return reports().stream()
        .filter(report -> report.incident().equals(Optional.of(incident)))
        .toList();
  }
}
