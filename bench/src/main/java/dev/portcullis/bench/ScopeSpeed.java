package dev.portcullis.bench;

import dev.portcullis.config.JournalSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.journal.FileJournal;
import dev.portcullis.journal.Selection;
import dev.portcullis.journal.SivPseudonyms;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long it takes to find what ten credentials did in a large archive ({@link GeneratedArchive}),
 * beside what people do without one: the same rows as JSON log lines, asked by DuckDB, and by zgrep
 * and jq.
 */
final class ScopeSpeed {
  private static final int ROUNDS = 5;

  /** From the busy to the rare: what a stolen key's traffic is among everybody's. */
  private static final List<Integer> RANKS =
      List.of(50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 19_999);

  private ScopeSpeed() {}

  /**
   * A directory, made where it is missing; rows of the archive; rows of the log of JSON lines, the
   * first of the same (0: none).
   */
  public static void main(String[] arguments)
      throws IOException, SQLException, InterruptedException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException(
          arguments.length + " arguments (expected: a directory, rows, rows of JSON)");
    }
    Path directory = Path.of(arguments[0]);
    Path journal = directory.resolve("journal");
    long rows = Long.parseLong(arguments[1]);
    if (!Files.exists(journal)) {
      long start = System.nanoTime();
      GeneratedArchive.write(journal, rows);
      System.out.printf("generated in %.0f s%n", seconds(start));
    }
    Set<String> wanted =
        RANKS.stream().map(GeneratedArchive::credential).collect(Collectors.toSet());
    archive(directory, journal, wanted);
    long lines = Long.parseLong(arguments[2]);
    if (lines > 0) {
      log(directory, journal, lines, wanted);
    }
  }

  private static void archive(Path directory, Path journal, Set<String> wanted) throws IOException {
    long bytes = 0;
    try (var files = Files.list(journal.resolve("archive"))) {
      for (Path file : files.toList()) {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
      }
    }
    var selection =
        new Selection(
            wanted,
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    var keys = Keyring.open(directory.resolve("keys"));
    try (var opened =
        FileJournal.open(
            journal,
            JournalSettings.DEFAULT,
            keys.signingKey("journal"),
            "bench/journal",
            new SivPseudonyms(keys.deterministicCipher("subjects")),
            InstantSource.system(),
            new SimpleMeterRegistry())) {
      System.out.printf(
          "archive: %,d rows, %.1f bytes each%n", opened.end(), (double) bytes / opened.end());
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        long found = 0;
        var subjects = new HashSet<>();
        try (var reader = opened.select(selection)) {
          while (reader.hasNext()) {
            subjects.addAll(reader.next().exchange().subjects());
            found++;
          }
        }
        System.out.printf(
            "select%s: %,d exchanges, %,d subjects in %.2f s%n",
            round == 0 ? " (first)" : "", found, subjects.size(), seconds(start));
      }
    }
    long peak = 0;
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      peak = line.startsWith("VmHWM") ? Long.parseLong(line.replaceAll("[^0-9]", "")) : peak;
    }
    System.out.printf("largest resident memory: %,d MiB%n", peak / 1024);
  }

  private static void log(Path directory, Path journal, long lines, Set<String> wanted)
      throws SQLException, IOException, InterruptedException {
    Path log = directory.resolve("log.json.gz");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      if (!Files.exists(log)) {
        statement.execute(
            ("COPY (SELECT time, duration_us, api_operation, credential_uid, account_name,"
                    + " src_endpoint_ip, http_method, replace(url_path, '{1}', subjects[1]) AS"
                    + " url_path, http_response_code, http_response_body_length FROM"
                    + " read_parquet('%s/archive/*.parquet') WHERE sequence < %d ORDER BY"
                    + " sequence) TO '%s' (FORMAT json, COMPRESSION gzip)")
                .formatted(journal, lines, log));
      }
      System.out.printf("log: %,d lines, %,d bytes gzipped%n", lines, Files.size(log));
      String list = wanted.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
      long start = System.nanoTime();
      try (var result =
          statement.executeQuery(
              "SELECT count(*), count(DISTINCT url_path) FROM read_json('"
                  + log
                  + "', format = 'newline_delimited') WHERE credential_uid IN ("
                  + list
                  + ")")) {
        result.next();
        System.out.printf("DuckDB on it: %,d in %.1f s%n", result.getLong(1), seconds(start));
      }
    }
    String pattern = String.join("|", wanted);
    long start = System.nanoTime();
    String[] command = {
      "sh", "-c", "zgrep -E '" + pattern + "' " + log + " | jq -r .url_path | sort -u | wc -l"
    };
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), "US-ASCII").strip();
    process.waitFor();
    System.out.printf("zgrep and jq on it: %s paths in %.1f s%n", said, seconds(start));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
