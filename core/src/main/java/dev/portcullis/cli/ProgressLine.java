package dev.portcullis.cli;

import dev.portcullis.analyze.Progress;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How far a long reading is, on a terminal's last line; elsewhere nothing. */
final class ProgressLine implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread thread;

  private ProgressLine(Runnable run) {
    thread = Thread.ofPlatform().daemon().name("progress").unstarted(run);
  }

  static ProgressLine start(Progress progress) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    var line = new ProgressLine[1];
    line[0] = new ProgressLine(() -> line[0].show(progress));
    if (terminal) {
      line[0].thread.start();
    }
    return line[0];
  }

  private void show(Progress progress) {
    long started = System.nanoTime();
    try {
      while (!done.await(500, TimeUnit.MILLISECONDS)) {
        System.err.print("\r" + text(progress, (System.nanoTime() - started) / 1e9) + "\u001b[K");
      }
      System.err.print("\r\u001b[K");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Bytes, rate and time left. */
  static String text(Progress progress, double seconds) {
    double read = progress.read();
    double total = progress.total();
    String rate =
        String.format(
            Locale.ROOT,
            "%.0f MB read, %.0f MB/s of log",
            read / 1e6,
            progress.text() / 1e6 / Math.max(0.001, seconds));
    if (total <= 0 || read <= 0) {
      return rate;
    }
    double left = seconds * Math.max(0, total - read) / read;
    return String.format(
        Locale.ROOT, "%3.0f %% of %.0f MB, %s, %.0f s left", 100 * read / total, total / 1e6, rate, left);
  }

  @Override
  public void close() {
    done.countDown();
    try {
      thread.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
