package dev.portcullis.analyze;

import java.util.ArrayList;
import java.util.List;

/** Lines that were not understood: all counted, the first few kept. Not thread-safe. */
final class BrokenLines {
  /** Shown over all files. */
  static final int SHOWN = 10;

  private final List<Report.BrokenLine> first = new ArrayList<>();
  private long count;
  private long lines;

  void add(String file, long linesBefore, Batch batch) {
    count += batch.broken();
    lines += batch.lines();
    for (Batch.Sample sample : batch.samples()) {
      if (first.size() < SHOWN) {
        first.add(new Report.BrokenLine(file, linesBefore + sample.line() + 1, sample.text()));
      }
    }
  }

  long count() {
    return count;
  }

  long lines() {
    return lines;
  }

  List<Report.BrokenLine> first() {
    return List.copyOf(first);
  }
}
