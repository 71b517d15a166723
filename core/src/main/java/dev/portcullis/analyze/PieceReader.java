package dev.portcullis.analyze;

import dev.portcullis.analyze.format.LogFormat;
import dev.portcullis.analyze.format.LoggedRequest;
import dev.portcullis.gate.inspect.Inspection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pieces of files: counts every request, and makes an event of those that a detector may have
 * something to say about. One thread at a time uses one; what it counted is put together at the
 * end.
 */
final class PieceReader {
  /** Broken lines of a piece that are shown. */
  static final int SAMPLES = 5;

  private static final int SAMPLE_LENGTH = 160;

  private final LoggedRequest request = new LoggedRequest();
  private final Exchanges exchanges;
  private List<Event> events = new ArrayList<>();
  private int line;

  PieceReader(AnalyzerSettings settings, Inspection inspection) {
    exchanges = new Exchanges(settings, inspection);
  }

  /** What it counted so far. */
  Counts counts() {
    return exchanges.counts();
  }

  /** Reads whole lines. */
  Batch read(LogFormat format, byte[] text, int length) {
    events = new ArrayList<>();
    line = 0;
    long broken = 0;
    var samples = new ArrayList<Batch.Sample>(0);
    Runnable each = this::each;
    for (int from = 0; from < length; line++) {
      int end = Places.indexOf(text, '\n', from, length);
      end = end < 0 ? length : end;
      int to = end > from && text[end - 1] == '\r' ? end - 1 : end;
      if (to > from && !understood(format, text, from, to, each)) {
        broken++;
        if (samples.size() < SAMPLES) {
          int shown = Math.min(to - from, 4 * SAMPLE_LENGTH);
          String beginning = new String(text, from, shown, StandardCharsets.UTF_8);
          samples.add(new Batch.Sample(line, Visible.of(beginning, SAMPLE_LENGTH)));
        }
      }
      from = end + 1;
    }
    return new Batch(line, events, broken, samples);
  }

  private boolean understood(LogFormat format, byte[] text, int from, int to, Runnable each) {
    try {
      return format.read(text, from, to, request, each);
    } catch (IndexOutOfBoundsException e) {
      // The line ends where its format goes on: what matters is that it is counted, not why.
      return false;
    }
  }

  private void each() {
    exchanges.take(request, line, events);
  }
}
