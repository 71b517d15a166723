package dev.portcullis.analyze;

import java.util.concurrent.atomic.LongAdder;

/** How far the reading is. Thread-safe. */
public final class Progress {
  private final LongAdder read = new LongAdder();
  private final LongAdder text = new LongAdder();
  private volatile long total;

  void total(long bytes) {
    total = bytes;
  }

  void read(long bytes) {
    read.add(bytes);
  }

  void text(long bytes) {
    text.add(bytes);
  }

  /** Bytes read of the files as they are, perhaps compressed. */
  public long read() {
    return read.sum();
  }

  /** Bytes of log, decompressed. */
  public long text() {
    return text.sum();
  }

  /** Bytes that there are to read; 0 where nobody knows, as with standard input. */
  public long total() {
    return total;
  }
}
