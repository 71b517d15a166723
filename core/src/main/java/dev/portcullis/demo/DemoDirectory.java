package dev.portcullis.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/** The directory of one demo: fresh, or that of a run that was interrupted. */
final class DemoDirectory {
  /** Marks a directory as ours, and says how far its run came. */
  private static final String MARK = ".portcullis-demo";

  private static final String RUNNING = "running";
  private static final String FINISHED = "finished";

  private static final String LOCK = ".lock";

  private final Path directory;
  private final FileChannel lock;
  private final boolean resumed;

  private DemoDirectory(Path directory, FileChannel lock, boolean resumed) {
    this.lock = lock;
    this.directory = directory;
    this.resumed = resumed;
  }

  /**
   * Empties the directory of a finished run, keeps that of an interrupted one, touches no other.
   */
  static DemoDirectory prepare(Path directory) throws IOException {
    Path mark = directory.resolve(MARK);
    if (!Files.exists(mark) && Files.exists(directory) && !isEmpty(directory)) {
      throw new IOException(directory + " holds something else; name another directory with --dir");
    }
    Files.createDirectories(directory);
    FileChannel lock = lock(directory);
    boolean resumed = false;
    if (Files.exists(mark)) {
      resumed = Files.readString(mark).strip().equals(RUNNING);
      if (!resumed) {
        empty(directory);
      }
    }
    Files.writeString(mark, RUNNING);
    return new DemoDirectory(directory, lock, resumed);
  }

  /** Held until the process ends, however it ends. */
  private static FileChannel lock(Path directory) throws IOException {
    FileChannel lock =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException(
          "A demo is running in " + directory + ": end it, or name another directory with --dir");
    }
    return lock;
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private static void empty(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        if (!file.equals(directory) && !file.endsWith(LOCK)) {
          Files.delete(file);
        }
      }
    }
  }

  Path path() {
    return directory;
  }

  boolean isResumed() {
    return resumed;
  }

  /** Another demo may use it. */
  void unlock() throws IOException {
    lock.close();
  }

  /** The next run begins anew. */
  void finished() throws IOException {
    Files.writeString(directory.resolve(MARK), FINISHED);
  }
}
