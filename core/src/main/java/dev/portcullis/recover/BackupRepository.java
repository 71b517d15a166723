package dev.portcullis.recover;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Where recovery points are kept. Every method blocks and throws {@link RecoveryException} with the
 * place and the way out. One asset's points are written by one caller at a time.
 */
interface BackupRepository {
  /**
   * What lies there.
   *
   * @param points usable as far as can be told without reading them whole, newest first
   * @param broken what else lies under an asset's name, and what is wrong with it
   */
  record Listing(List<StoredPoint> points, List<String> broken) {}

  /**
   * Keeps a copy, encrypted and durable, or leaves nothing; then removes the oldest points above
   * the number to keep, except for what a {@link RetentionRule} keeps.
   *
   * @param at the state is not older than this, in whole milliseconds
   * @param complete the state is not younger than this, in whole milliseconds
   */
  StoredPoint store(String asset, Instant at, Instant complete, Content content, Path copy);

  /** The asset's points. */
  Listing list(String asset);

  /**
   * Brings a point's copy into a file.
   *
   * @throws BrokenPointException where the point was altered, cut off, or made with another key
   */
  void fetch(StoredPoint stored, Path copy) throws BrokenPointException;
}
