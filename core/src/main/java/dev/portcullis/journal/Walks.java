package dev.portcullis.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads segments in their order, the next ones ahead on other threads: nearly all of a
 * verification's time goes into hashing records.
 */
final class Walks implements AutoCloseable {
  /** Segments read ahead take 40 bytes a record; larger files than this are read one at a time. */
  private static final long MAX_AHEAD_BYTES = 256L << 20;

  private static final int MAX_THREADS = 4;

  private final int ahead;
  private final ExecutorService threads;
  private final Iterator<Path> left;
  private final Deque<Future<WalkedSegment>> reading = new ArrayDeque<>();

  Walks(List<Path> segments) throws IOException {
    this.left = segments.iterator();
    this.ahead =
        isAnyLarge(segments)
            ? 1
            : Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    this.threads =
        Executors.newFixedThreadPool(
            ahead, Thread.ofPlatform().name("portcullis-verify-", 0).daemon(true).factory());
  }

  private static boolean isAnyLarge(List<Path> segments) throws IOException {
    for (Path segment : segments) {
      if (Files.exists(segment) && Files.size(segment) > MAX_AHEAD_BYTES) {
        return true;
      }
    }
    return false;
  }

  /** The next one; throws what reading it has thrown. */
  WalkedSegment next() throws IOException {
    begin();
    Future<WalkedSegment> first = reading.removeFirst();
    begin();
    try {
      return first.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io.toString(), io);
      }
      if (e.getCause() instanceof JournalException damaged) {
        throw new JournalException(text(damaged), damaged);
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The verification was interrupted", e);
    }
  }

  private static String text(JournalException e) {
    return String.valueOf(e.getMessage());
  }

  private void begin() {
    while (left.hasNext() && reading.size() < ahead) {
      Path path = left.next();
      reading.addLast(threads.submit(() -> WalkedSegment.read(path)));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
