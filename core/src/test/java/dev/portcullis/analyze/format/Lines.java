package dev.portcullis.analyze.format;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads lines as a file of them would be read: recognised, then line by line. */
final class Lines {
  private Lines() {}

  /** What was read of one request. */
  record Seen(
      Instant at,
      String source,
      String forwarded,
      String user,
      String key,
      String method,
      String target,
      int status,
      long received,
      long sent,
      String agent,
      String referer) {}

  static String format(String text) {
    return new Formats(Map.of())
        .recognised(text.getBytes(StandardCharsets.UTF_8))
        .map(LogFormat::name)
        .orElse("unknown");
  }

  static List<Seen> read(String text) {
    return read(new Formats(Map.of()), text);
  }

  static List<Seen> read(Formats formats, String text) {
    LogFormat format = formats.recognised(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    return text.lines().flatMap(line -> read(format, line).stream()).toList();
  }

  static List<Seen> read(LogFormat format, String line) {
    var seen = new ArrayList<Seen>();
    var request = new LoggedRequest();
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    format.read(bytes, 0, bytes.length, request, () -> seen.add(seen(request)));
    return seen;
  }

  private static Seen seen(LoggedRequest it) {
    return new Seen(
        Instant.EPOCH.plusNanos(it.at() * 1_000),
        it.source().text(),
        it.forwarded().text(),
        it.user().text(),
        it.key().text(),
        it.method().text(),
        it.target().text(),
        it.status(),
        it.requestBytes(),
        it.responseBytes(),
        it.userAgent().text(),
        it.referer().text());
  }
}
