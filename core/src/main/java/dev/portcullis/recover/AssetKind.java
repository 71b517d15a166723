package dev.portcullis.recover;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What the engine's backups need from a kind of asset. Every method blocks and throws {@link
 * RecoveryException} with the place and the way out.
 */
interface AssetKind extends AutoCloseable {
  /** Where the live asset is, for people. */
  String live();

  /**
   * Gives what is to be kept.
   *
   * @param work an empty directory for a copy
   */
  Harvest harvest(Path work, Task task);

  /** A recovery point was kept at one destination at least. */
  default void kept(KeptPoint point) {}

  /**
   * What a restore leaves behind.
   *
   * @param result what the user wanted: a file or a directory
   * @param reached the moment whose state it holds, where that is later than the recovery point's
   */
  record Brought(Path result, Optional<Instant> reached) {}

  /**
   * Makes what was kept into what the user wants, and proves that it is sound.
   *
   * @throws BrokenPointException it is not; an older one may be
   */
  Brought prove(Trial trial) throws BrokenPointException, IOException;

  /**
   * Puts what was proven in the live asset's place, or leaves that as it is.
   *
   * @param safety where a copy of the live asset may go; nothing is there yet
   * @return the copy of the live asset as it was before, if there was anything to keep
   */
  Optional<Path> overLive(Brought brought, Path safety, Trial trial) throws IOException;

  /**
   * Where restored copies go if nobody says otherwise.
   *
   * @param usual below the state directory
   */
  default Path sandboxes(Path usual) throws IOException {
    return StateFiles.directory(usual);
  }

  /** What is wrong with what goes on between backups; empty: nothing. */
  default Optional<String> trouble() {
    return Optional.empty();
  }

  /** Begins what goes on all the time. */
  default void start(EngineAsset asset) {}

  @Override
  default void close() {}
}
