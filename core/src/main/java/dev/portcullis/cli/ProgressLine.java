package dev.portcullis.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleFunction;

/** How far long work is, on a terminal's last line until it is closed; elsewhere nothing. */
final class ProgressLine implements AutoCloseable {
  private static final long PERIOD_MILLIS = 500;

  private final CountDownLatch done = new CountDownLatch(1);
  private final DoubleFunction<String> text;
  private final Thread thread;

  private ProgressLine(DoubleFunction<String> text) {
    this.text = text;
    thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::show);
  }

  /**
   * Shows it from now on.
   *
   * @param text of so many seconds after the start; empty: nothing to tell yet
   */
  static ProgressLine start(DoubleFunction<String> text) {
    var line = new ProgressLine(text);
    if (System.console() != null && System.console().isTerminal()) {
      line.thread.start();
    }
    return line;
  }

  private void show() {
    long started = System.nanoTime();
    try {
      while (!done.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
        System.err.print("\r" + text.apply((System.nanoTime() - started) / 1e9) + "\u001b[K");
        System.err.flush();
      }
      System.err.print("\r\u001b[K");
      System.err.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      thread.join(2 * PERIOD_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
