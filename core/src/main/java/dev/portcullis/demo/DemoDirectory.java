package dev.portcullis.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The directory of one demo: fresh, or that of a run that was interrupted. */
final class DemoDirectory {
  /** Marks a directory as ours, and says how far its run came. */
  private static final String MARK = ".portcullis-demo";

  private static final String RUNNING = "running";
  private static final String FINISHED = "finished";

  private final Path directory;
  private final boolean resumed;

  private DemoDirectory(Path directory, boolean resumed) {
    this.directory = directory;
    this.resumed = resumed;
  }

  /**
   * Empties the directory of a finished run, keeps that of an interrupted one, touches no other.
   */
  static DemoDirectory prepare(Path directory) throws IOException {
    Path mark = directory.resolve(MARK);
    boolean resumed = false;
    if (Files.exists(mark)) {
      resumed = Files.readString(mark).strip().equals(RUNNING);
      if (!resumed) {
        empty(directory);
      }
    } else if (Files.exists(directory) && !isEmpty(directory)) {
      throw new IOException(directory + " holds something else; name another directory with --dir");
    }
    Files.createDirectories(directory);
    Files.writeString(mark, RUNNING);
    return new DemoDirectory(directory, resumed);
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private static void empty(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        if (!file.equals(directory)) {
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

  /** The next run begins anew. */
  void finished() throws IOException {
    Files.writeString(directory.resolve(MARK), FINISHED);
  }
}
