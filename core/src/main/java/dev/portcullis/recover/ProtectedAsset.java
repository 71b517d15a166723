package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An asset with what is needed to back it up and to restore it. Everything blocks and throws {@link
 * RecoveryException} with the place and the way out.
 */
interface ProtectedAsset extends AutoCloseable {
  AssetSettings settings();

  /** Held by whoever backs it up or restores it. */
  AssetLock lock();

  /** Epoch seconds of the newest recovery point made since the start; 0: none yet. */
  AtomicLong newest();

  /** Takes a backup; the lock is held. */
  RecoveryPoint backup(Task task);

  /** Newest first. */
  List<RecoveryPoint> points();

  /** Brings it back; the lock is held. */
  RestoreReport restore(RestoreOrder order, Task task);

  /** How its backups are doing. */
  AssetBackups state(Instant now);

  /** Begins what goes on all the time. */
  default void start() {}

  @Override
  default void close() {}

  default String name() {
    return settings().name();
  }
}
