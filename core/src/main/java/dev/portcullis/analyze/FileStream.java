package dev.portcullis.analyze;

import dev.portcullis.analyze.format.LogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * One file's events in the order of its lines. A thread of its own reads pieces ahead, as many as
 * its queue holds; others parse them. Used by one thread.
 */
final class FileStream implements AutoCloseable {
  /** Pieces of one file that are under way at most. */
  static final int AHEAD = 4;

  /** A longer line is broken. */
  static final int LONGEST_LINE = 16 * 1024 * 1024;

  private static final Batch END = new Batch(-1, java.util.List.of(), 0, java.util.List.of());

  private final LogFile file;
  private final LogFormat format;
  private final Readers readers;
  private final Progress progress;
  private final BrokenLines broken;
  private final int pieceSize;
  private final BlockingQueue<Future<Batch>> pieces = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private Batch batch = new Batch(0, java.util.List.of(), 0, java.util.List.of());
  private int next;
  private long lines;
  private boolean ended;

  FileStream(
      LogFile file,
      LogFormat format,
      Readers readers,
      Progress progress,
      BrokenLines broken,
      int pieceSize) {
    this.file = file;
    this.format = format;
    this.readers = readers;
    this.progress = progress;
    this.broken = broken;
    this.pieceSize = pieceSize;
    thread = Thread.ofVirtual().name("log-reader " + file.number()).start(this::readAhead);
  }

  LogFile file() {
    return file;
  }

  /** Lines before the event's piece. */
  long lines() {
    return lines;
  }

  /** The event at hand; only after {@link #advance} said that there is one. */
  Event event() {
    return batch.events().get(next);
  }

  /** Goes to the next event; false: there is none. */
  boolean advance() throws InterruptedException {
    next++;
    while (!ended && next >= batch.events().size()) {
      lines += batch.lines();
      batch = take();
      next = 0;
      if (batch.lines() < 0) {
        ended = true;
      } else {
        broken.add(file.name(), lines, batch);
      }
    }
    return !ended;
  }

  private Batch take() throws InterruptedException {
    try {
      return pieces.take().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException) {
        throw new AnalyzeException(
            file.name()
                + " can't be read on after line "
                + lines
                + ": "
                + e.getCause().getMessage(),
            e.getCause());
      }
      throw new IllegalStateException("parsing " + file.name(), e.getCause());
    }
  }

  private void readAhead() {
    try {
      try (InputStream in = file.input().open()) {
        read(in);
      } catch (IOException e) {
        pieces.put(CompletableFuture.failedFuture(e));
        return;
      }
      pieces.put(CompletableFuture.completedFuture(END));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Cuts the stream into pieces of whole lines. */
  private void read(InputStream in) throws IOException, InterruptedException {
    byte[] piece = new byte[pieceSize];
    int filled = 0;
    while (true) {
      int read = in.read(piece, filled, piece.length - filled);
      filled += Math.max(0, read);
      progress.text(Math.max(0, read));
      boolean end = read < 0;
      if (!end && filled < piece.length) {
        continue;
      }
      int whole = end ? filled : Places.lastIndexOf(piece, '\n', 0, filled) + 1;
      if (whole == 0 && !end && piece.length < LONGEST_LINE) {
        piece = Arrays.copyOf(piece, 2 * piece.length);
        continue;
      }
      whole = whole == 0 ? filled : whole; // a line without end is cut
      byte[] rest = new byte[Math.max(pieceSize, filled - whole)];
      System.arraycopy(piece, whole, rest, 0, filled - whole);
      if (whole > 0) {
        pieces.put(readers.submit(format, piece, whole));
      }
      filled -= whole;
      piece = rest;
      if (end) {
        return;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
