package dev.portcullis.recover;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The write-ahead log of one server since its last base backup, on this machine. Received into one
 * directory; sent from a second, which holds links to the same files under names that stay while
 * they are sent. Thread-safe.
 */
final class WalSpool {
  /** Which files, how far written. */
  record State(List<String> files) {}

  private final Path received;
  private final Path links;
  private final Path baseFile;
  private final Path systemFile;
  private final ReentrantReadWriteLock sending = new ReentrantReadWriteLock();

  WalSpool(Path directory) throws IOException {
    this.received = StateFiles.directory(directory.resolve("received"));
    this.links = StateFiles.directory(directory.resolve("links"));
    this.baseFile = directory.resolve("base");
    this.systemFile = directory.resolve("system");
  }

  Path received() {
    return received;
  }

  /** Which server it is of; empty: none yet. */
  synchronized String system() throws IOException {
    return Files.exists(systemFile) ? Files.readString(systemFile).strip() : "";
  }

  /** From now on it is of that server; what was received of another one goes. */
  void receive(String system) throws IOException {
    if (system().equals(system)) {
      return;
    }
    restart();
    synchronized (this) {
      write(systemFile, system);
    }
  }

  /** When the base that this log follows was begun; empty: there is none yet. */
  synchronized Optional<Instant> base() throws IOException {
    if (!Files.exists(baseFile)) {
      return Optional.empty();
    }
    String millis = Files.readString(baseFile).strip();
    return millis.matches("\\d{1,18}")
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)))
        : Optional.empty();
  }

  private synchronized void base(Instant at) throws IOException {
    write(baseFile, Long.toString(at.toEpochMilli()));
  }

  private static void write(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (var out = StateFiles.create(part)) {
      out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    StateFiles.publish(part, file);
  }

  /** What there is to send. */
  State state() throws IOException {
    var lines = new java.util.ArrayList<String>();
    for (Path file : WalSegments.in(received)) {
      try {
        lines.add(
            file.getFileName() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      } catch (NoSuchFileException renamed) {
        lines.add("changing");
      }
    }
    return new State(List.copyOf(lines));
  }

  /** Sends a directory. */
  @FunctionalInterface
  interface Sender<X extends Exception> {
    void send(Path directory) throws X;
  }

  /** Gives all that was received to the sender; meanwhile nothing is taken away. */
  <X extends Exception> void send(Sender<X> sender) throws IOException, X {
    sending.readLock().lock();
    try {
      link();
      sender.send(links);
    } finally {
      sending.readLock().unlock();
    }
  }

  /** Only what is missing is linked: a new link changes a file's attributes. */
  private synchronized void link() throws IOException {
    for (Path file : WalSegments.in(received)) {
      try {
        Files.createLink(links.resolve(file.getFileName()), file);
      } catch (FileAlreadyExistsException e) {
        replaceIfOther(file);
      } catch (NoSuchFileException e) {
        Path whole = Path.of(file.toString().replace(WalSegments.PARTIAL, ""));
        if (Files.exists(whole)) {
          Files.createLink(links.resolve(whole.getFileName()), whole);
        }
      }
    }
  }

  private void replaceIfOther(Path file) throws IOException {
    Path link = links.resolve(file.getFileName());
    try {
      if (!Files.isSameFile(link, file)) {
        Files.delete(link);
        Files.createLink(link, file);
      }
    } catch (NoSuchFileException renamed) {
      // the link has the same bytes under the earlier name
    }
  }

  /**
   * A base backup is kept: the log before it is not needed here any more.
   *
   * @param first name of the segment in which the base begins
   */
  void begin(Instant base, String first) throws IOException {
    sending.writeLock().lock();
    try {
      base(base);
      for (Path file : WalSegments.in(received)) {
        String name = file.getFileName().toString();
        if (WalSegments.isSegment(file)
            && !name.endsWith(WalSegments.PARTIAL)
            && WalSegments.position(name).compareTo(WalSegments.position(first)) < 0) {
          Files.deleteIfExists(file);
        }
      }
      Set<String> there = new HashSet<>();
      for (Path file : WalSegments.in(received)) {
        there.add(file.getFileName().toString());
      }
      for (Path link : WalSegments.in(links)) {
        if (!there.contains(link.getFileName().toString())) {
          Files.deleteIfExists(link);
        }
      }
    } finally {
      sending.writeLock().unlock();
    }
  }

  /** The server's log goes on elsewhere, so what was received can't be continued. */
  void restart() throws IOException {
    sending.writeLock().lock();
    try {
      Files.deleteIfExists(baseFile);
      Trees.fresh(links);
      Trees.fresh(received);
    } finally {
      sending.writeLock().unlock();
    }
  }
}
