package dev.portcullis.analyze;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Writes access logs for tests. */
final class Logs {
  static final Instant START = Instant.parse("2025-05-12T09:00:00Z");
  private static final DateTimeFormatter COMMON =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Logs() {}

  static String line(long second, String source, String request, int status, String agent) {
    return "%s - - [%s +0000] \"%s HTTP/1.1\" %d 500 \"-\" \"%s\""
        .formatted(source, COMMON.format(START.plusSeconds(second)), request, status, agent);
  }

  static String line(long second, String source, String request, int status) {
    return line(second, source, request, status, "curl/8.5.0");
  }

  /** Thirty people who each look at what is theirs, for half an hour. */
  static List<String> ordinary() {
    var random = new Random(3);
    var lines = new ArrayList<String>();
    for (int second = 0; second < 1_800; second += 2) {
      int person = random.nextInt(30);
      String request =
          switch (random.nextInt(4)) {
            case 0 -> "GET /assets/app.js";
            case 1 -> "GET /api/orders?page=1";
            case 2 -> "POST /api/notes";
            default -> "GET /api/orders/" + (1_000 + 10 * person + random.nextInt(10));
          };
      lines.add(line(second, "198.51.100." + (person + 1), request, 200));
    }
    return lines;
  }

  /** One who counts users up. */
  static List<String> walk(String source, int from, int howMany) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < howMany; i++) {
      lines.add(line(from + i, source, "GET /api/users/" + (5_000 + i), 200));
    }
    return lines;
  }

  static Path write(Path file, List<String> lines) throws IOException {
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /** Wraps a stream, such as to compress it. */
  interface Wrapping {
    OutputStream wrap(OutputStream out) throws IOException;
  }

  static Path write(Path file, List<String> lines, Wrapping wrapping) throws IOException {
    try (OutputStream out = wrapping.wrap(Files.newOutputStream(file))) {
      out.write(
          (String.join("\n", lines) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return file;
  }
}
