package dev.portcullis.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** On a terminal: one line that tells how far an export is, until it is closed. */
final class ProgressLine implements AutoCloseable {
  private static final long PERIOD_MILLIS = 500;

  private final ScheduledExecutorService asking =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Connection connection;
  private final String incident;
  private volatile boolean shown;

  ProgressLine(Connection connection, String incident) {
    this.connection = connection;
    this.incident = incident;
    var console = System.console();
    if (console != null && console.isTerminal()) {
      var _ = // close() ends it
          asking.scheduleWithFixedDelay(
              this::show, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void show() {
    try {
      JsonNode at = connection.get("/api/v1/incidents/" + incident + "/evidence/progress");
      long end = at.path("end").asLong();
      if (end > 0) {
        shown = true;
        System.err.printf(
            "\r%3d %% of the journal read, %d exchanges exported",
            100 * at.path("read").asLong() / end, at.path("exchanges").asLong());
        System.err.flush();
      }
    } catch (CommandFailedException e) {
      // the export itself tells what is wrong
      shown = false;
    }
  }

  @Override
  public void close() {
    asking.shutdownNow();
    if (shown) {
      shown = false;
      System.err.print("\r\u001b[K");
      System.err.flush();
    }
  }
}
