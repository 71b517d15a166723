package dev.portcullis.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Shows on the error output how far an asset's backup or restore is, where a person watches. */
final class AssetProgress {
  private static final long INTERVAL_SECONDS = 2;
  private static final long MEBIBYTE = 1 << 20;

  private AssetProgress() {}

  /** Runs it, and shows its progress meanwhile. */
  static JsonNode during(Connection connection, String asset, Supplier<JsonNode> work) {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      return work.get();
    }
    var done = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> show(connection, asset, done));
    try {
      return work.get();
    } finally {
      done.countDown();
    }
  }

  private static void show(Connection connection, String asset, CountDownLatch done) {
    try {
      while (!done.await(INTERVAL_SECONDS, TimeUnit.SECONDS)) {
        JsonNode answer = connection.get("/api/v1/assets/" + asset + "/progress");
        if (answer.path("running").asBoolean()) {
          System.err.println("  " + line(answer.path("progress")));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (CommandFailedException e) {
      // the work itself says what is wrong
    }
  }

  /** One line for people. */
  static String line(JsonNode progress) {
    String phase = Verb.text(progress, "phase");
    long total = progress.path("bytes_total").asLong(0);
    if (total == 0) {
      return phase;
    }
    long left = progress.path("seconds_left").asLong(-1);
    return "%s: %d of %d MiB, %d MiB/s%s"
        .formatted(
            phase,
            progress.path("bytes_done").asLong(0) / MEBIBYTE,
            total / MEBIBYTE,
            progress.path("bytes_per_second").asLong(0) / MEBIBYTE,
            left < 0 ? "" : ", " + left + " s left");
  }
}
