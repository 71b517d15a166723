package dev.portcullis.analyze.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import dev.portcullis.analyze.format.Lines.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import tools.jackson.databind.json.JsonMapper;

/** What a product writes is what is read, whatever was in the request. */
class RoundTripTest {
  private static final DateTimeFormatter COMMON =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private record Sent(Instant at, String path, int status, int bytes, String agent) {}

  private static Gen<Sent> sent(Gen<String> agents) {
    Gen<Instant> times =
        longs().between(0, 4_000_000_000L).map(seconds -> Instant.ofEpochSecond(seconds));
    Gen<String> paths =
        strings()
            .betweenCodePoints('!', '~')
            .ofLengthBetween(0, 40)
            .map(text -> "/" + text.replace("\"", "%22").replace("\\", "%5C"));
    return times
        .zip(paths, Map::entry)
        .zip(
            integers().between(100, 599),
            integers().between(0, Integer.MAX_VALUE),
            agents,
            (request, status, bytes, agent) ->
                new Sent(request.getKey(), request.getValue(), status, bytes, agent));
  }

  /** Agents of any visible text; a lone dash means none, in all these logs. */
  private static Gen<String> anyAgent() {
    return strings().betweenCodePoints(0x20, 0x2fff).ofLengthBetween(2, 40);
  }

  private static Gen<String> plainAgent() {
    return strings()
        .betweenCodePoints('!', '~')
        .ofLengthBetween(2, 40)
        .map(text -> text.replace("\"", "x").replace("\\", "x"));
  }

  private static void holds(
      LogFormat format, Gen<Sent> requests, BiFunction<Sent, String, String> render) {
    qt().withExamples(300)
        .forAll(requests)
        .checkAssert(sent -> {
          String line = render.apply(sent, "203.0.113.8");
          List<Seen> seen = Lines.read(format, line);
          assertThat(seen).as(line).hasSize(1);
          Seen it = seen.getFirst();
          assertThat(it.at()).isEqualTo(sent.at());
          assertThat(it.target()).isEqualTo(sent.path());
          assertThat(it.method()).isEqualTo("GET");
          assertThat(it.status()).isEqualTo(sent.status());
          assertThat(it.sent()).isEqualTo(sent.bytes());
          assertThat(it.agent()).isEqualTo(sent.agent());
        });
  }

  @Test
  void combinedAsNginxEscapesIt() {
    holds(
        new CombinedFormat(),
        sent(anyAgent()),
        (it, source) ->
            "%s - - [%s +0000] \"GET %s HTTP/1.1\" %d %d \"-\" \"%s\""
                .formatted(
                    source,
                    COMMON.format(it.at()),
                    it.path(),
                    it.status(),
                    it.bytes(),
                    escaped(it.agent())));
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      int value = octet & 0xff;
      boolean plain = value >= 0x20 && value < 0x7f && value != '"' && value != '\\';
      escaped.append(plain ? String.valueOf((char) value) : String.format("\\x%02X", value));
    }
    return escaped.toString();
  }

  @Test
  void envoyText() {
    holds(
        new EnvoyFormat(),
        sent(plainAgent()),
        (it, source) ->
            "[%s] \"GET %s HTTP/2\" %d - 0 %d 1 1 \"%s\" \"%s\" \"id\" \"host\" \"10.0.0.1:80\""
                .formatted(it.at(), it.path(), it.status(), it.bytes(), source, it.agent()));
  }

  @Test
  void applicationLoadBalancer() {
    holds(
        new AlbFormat(),
        sent(plainAgent()),
        (it, source) ->
            "h2 %s app/a/1 %s:4711 10.0.0.1:80 0.1 0.1 -1 %d 200 0 %d \"GET %s HTTP/2.0\" \"%s\" - -"
                .formatted(it.at(), source, it.status(), it.bytes(), it.path(), it.agent()));
  }

  @Test
  void jsonOfAnyText() {
    holds(
        new JsonFormat(JsonShapes.general()),
        sent(anyAgent()),
        (it, source) ->
            JSON.writeValueAsString(
                Map.of(
                    "@timestamp", it.at().toString(),
                    "remote_addr", source,
                    "request_method", "GET",
                    "request_uri", it.path(),
                    "status", it.status(),
                    "bytes_sent", it.bytes(),
                    "http_user_agent", it.agent())));
  }

  @Test
  void noBytesWhateverBreakAnyFormat() {
    var formats = new ArrayList<LogFormat>();
    for (String name : new Formats(Map.of()).names().split(", ")) {
      new Formats(Map.of())
          .named(
              name,
              "#Fields: date time c-ip cs-uri-stem sc-status\n".getBytes(StandardCharsets.UTF_8))
          .ifPresent(formats::add);
    }
    assertThat(formats).hasSizeGreaterThan(13);
    String valid =
        "<1>1 2003-10-11T22:14:15Z h p - - [x] 1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET /\\x HTTP/1.1\" 200"
            + " CEF:0|a|b|c|d|e|f|src=1 {\"resourceLogs\":[]} [2016-04-15T20:17:00.310Z] {\"status\":[[{}]]}";
    qt().withExamples(2_000)
        .forAll(
            integers().between(0, valid.length()),
            integers().between(0, valid.length()),
            strings().betweenCodePoints(0, 0x7f).ofLengthBetween(0, 12))
        .checkAssert((from, to, junk) -> {
          String line = valid.substring(Math.min(from, to), Math.max(from, to)) + junk;
          byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
          for (LogFormat format : formats) {
            try {
              format.read(bytes, 0, bytes.length, new LoggedRequest(), () -> {});
            } catch (IndexOutOfBoundsException e) {
              // A line cut off in the middle: its reader counts it as broken.
            }
          }
        });
  }
}
