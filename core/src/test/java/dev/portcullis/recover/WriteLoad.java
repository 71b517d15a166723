package dev.portcullis.recover;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Clients that write as fast as they can: each transaction puts the same number into two tables.
 * What the server has acknowledged is noted with the moment.
 */
final class WriteLoad {
  /** For each client: number acknowledged, and when ({@link System#nanoTime}). */
  final Map<Integer, ConcurrentSkipListMap<Long, Long>> acknowledged = new ConcurrentHashMap<>();

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  static void prepare(PrivatePostgres server) throws Exception {
    server.ask(
        "CREATE TABLE counter (client int, n bigint, filler text, PRIMARY KEY (client, n));"
            + " CREATE TABLE twin (client int, n bigint, PRIMARY KEY (client, n))");
  }

  void start(PrivatePostgres server, int clients) {
    for (int i = 0; i < clients; i++) {
      int client = i;
      acknowledged.put(client, new ConcurrentSkipListMap<>());
      threads.add(Thread.ofVirtual().start(() -> write(server, client)));
    }
  }

  private void write(PrivatePostgres server, int client) {
    try {
      Process process = server.client();
      try (BufferedReader answers = process.inputReader();
          var statements = process.outputWriter()) {
        for (long n = 1; !stopped; n++) {
          statements.write(
              ("BEGIN; INSERT INTO counter VALUES (%1$d, %2$d, repeat(md5(%2$d::text), 8));"
                      + " INSERT INTO twin VALUES (%1$d, %2$d); COMMIT;\n\\echo %2$d\n")
                  .formatted(client, n));
          statements.flush();
          String answer = answers.readLine();
          if (answer == null || !answer.equals(Long.toString(n))) {
            return;
          }
          Objects.requireNonNull(acknowledged.get(client)).put(n, System.nanoTime());
        }
      } finally {
        process.destroy();
      }
    } catch (IOException serverGone) {
      // what was acknowledged until then is what counts
    }
  }

  long total() {
    return acknowledged.values().stream().mapToLong(Map::size).sum();
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /**
   * How much was lost.
   *
   * @param restored for each client: the last number that a restore brought back
   * @param end when the server died
   * @return nanoseconds from the oldest lost acknowledged transaction to the end; 0: nothing lost
   */
  long lost(Map<Integer, Long> restored, long end) {
    return acknowledged.entrySet().stream()
        .map(entry -> entry.getValue().higherEntry(restored.getOrDefault(entry.getKey(), 0L)))
        .filter(java.util.Objects::nonNull)
        .mapToLong(first -> Math.max(0, end - first.getValue()))
        .max()
        .orElse(0);
  }
}
