package dev.portcullis.analyze;

import dev.portcullis.analyze.format.LogFormat;
import dev.portcullis.gate.inspect.Inspection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The threads that parse pieces, and what they counted. Thread-safe. */
final class Readers implements AutoCloseable {
  private final ExecutorService threads;
  private final Deque<PieceReader> idle = new ArrayDeque<>();
  private final List<PieceReader> all = new ArrayList<>();
  private final AnalyzerSettings settings;
  private final Inspection inspection;

  Readers(AnalyzerSettings settings, Inspection inspection) {
    this.settings = settings;
    this.inspection = inspection;
    threads =
        Executors.newFixedThreadPool(
            settings.threads(), Thread.ofPlatform().daemon().name("log-parser-", 0).factory());
  }

  Future<Batch> submit(LogFormat format, byte[] text, int length) {
    return threads.submit(() -> read(format, text, length));
  }

  /** On the calling thread. */
  Batch read(LogFormat format, byte[] text, int length) {
    PieceReader reader = take();
    try {
      return reader.read(format, text, length);
    } finally {
      give(reader);
    }
  }

  private synchronized PieceReader take() {
    PieceReader reader = idle.pollLast();
    if (reader == null) {
      reader = new PieceReader(settings, inspection);
      all.add(reader);
    }
    return reader;
  }

  private synchronized void give(PieceReader reader) {
    idle.addLast(reader);
  }

  /** What all of them counted; only when none is at work. */
  synchronized Counts.Sum counts() {
    return Counts.sum(all.stream().map(PieceReader::counts).toList());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
