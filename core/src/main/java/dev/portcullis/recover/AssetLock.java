package dev.portcullis.recover;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One backup or restore of an asset at a time: within this process by a lock, between processes of
 * the same state directory by a locked file, which the system releases when a process dies.
 */
final class AssetLock {
  /** How long one waits for another. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ReentrantLock here = new ReentrantLock(true);
  private final String asset;
  private final Path directory;
  private final Path file;

  AssetLock(String asset, Path directory) {
    this.asset = asset;
    this.directory = directory;
    this.file = directory.resolve(asset + ".lock");
  }

  /** While it is open, nobody else works on the asset. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  Held hold() {
    try {
      if (!here.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy("for " + PATIENCE.toMinutes() + " minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy("and waiting for it was interrupted");
    }
    try {
      FileChannel channel = lockedFile();
      return () -> release(channel);
    } catch (RuntimeException e) {
      here.unlock();
      throw e;
    }
  }

  private FileChannel lockedFile() {
    try {
      StateFiles.directory(directory);
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw busy("by somebody else who uses " + directory);
      }
      return channel;
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot use the lock file " + file + ": " + StateFiles.reason(e), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot release the lock file " + file + ": " + StateFiles.reason(e), e);
    } finally {
      here.unlock();
    }
  }

  private RecoveryException busy(String how) {
    return new RecoveryException(
        "The asset " + asset + " is being backed up or restored " + how + ": try again later");
  }
}
