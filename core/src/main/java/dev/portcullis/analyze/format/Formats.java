package dev.portcullis.analyze.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All formats, and which of them a file is in. */
public final class Formats {
  /** Lines of a file that are looked at to recognise it. */
  static final int SAMPLE = 50;

  private final List<LogFormat> plain;
  private final List<LogFormat> wrapped;

  /**
   * All of them.
   *
   * @param own names in the JSON logs at hand, for what the known names do not cover
   */
  public Formats(Map<Field, String> own) {
    var text = new ArrayList<LogFormat>();
    text.add(new CombinedFormat());
    text.add(new AlbFormat());
    text.add(new EnvoyFormat());
    text.add(new HaproxyFormat());
    text.add(new CefFormat());
    Stream.of(
            JsonShapes.traefik(),
            JsonShapes.kong(),
            JsonShapes.envoy(),
            JsonShapes.apiGateway(),
            JsonShapes.azureApplicationGateway(),
            JsonShapes.azureFrontDoor(),
            JsonShapes.google(),
            JsonShapes.general())
        .map(shape -> new JsonFormat(shape.preferring(own)))
        .forEach(text::add);
    plain = new ArrayList<>(text);
    plain.add(new OtlpFormat(List.copyOf(text)));
    wrapped = text.stream().<LogFormat>map(SyslogFormat::new).toList();
  }

  /** The names that {@code --format} takes. */
  public String names() {
    return Stream.concat(plain.stream().map(LogFormat::name), Stream.of("w3c"))
        .collect(Collectors.joining(", "));
  }

  /**
   * The format of that name, or its syslog form if that is what the lines are in.
   *
   * @param head the file's first bytes
   * @return empty if there is none of that name, or the head of a W3C log lacks its {@code #Fields}
   */
  public Optional<LogFormat> named(String name, byte[] head) {
    if (name.equals("w3c") || name.equals("aws-cloudfront")) {
      return W3cFormat.of(new String(head, StandardCharsets.UTF_8));
    }
    return Stream.concat(plain.stream(), wrapped.stream())
        .filter(format -> format.name().equals(name) || format.name().equals("syslog+" + name))
        .reduce(
            (bare, behind) -> understood(behind, head) > understood(bare, head) ? behind : bare);
  }

  /**
   * The format that most of the first lines are in; the more particular one of two.
   *
   * @param head the file's first bytes
   * @return empty if fewer than half of the lines are in any
   */
  public Optional<LogFormat> recognised(byte[] head) {
    Optional<LogFormat> fields = W3cFormat.of(new String(head, StandardCharsets.UTF_8));
    if (fields.isPresent()) {
      return fields;
    }
    LogFormat best = plain.getFirst();
    int most = 0;
    for (LogFormat format : Stream.concat(plain.stream(), wrapped.stream()).toList()) {
      int count = understood(format, head);
      if (count > most) {
        most = count;
        best = format;
      }
    }
    return most > 0 && 2 * most >= lines(head) ? Optional.of(best) : Optional.empty();
  }

  private static int lines(byte[] head) {
    int[] count = new int[1];
    forEachLine(head, (from, to) -> count[0]++);
    return count[0];
  }

  private static int understood(LogFormat format, byte[] head) {
    var request = new LoggedRequest();
    int[] count = new int[1];
    int[] told = new int[1];
    forEachLine(
        head,
        (from, to) -> count[0] += format.read(head, from, to, request, () -> told[0]++) ? 1 : 0);
    return told[0] == 0 ? 0 : count[0];
  }

  private interface Line {
    void at(int from, int to);
  }

  private static void forEachLine(byte[] head, Line line) {
    int from = 0;
    for (int seen = 0; seen < SAMPLE && from < head.length; ) {
      int end = Bytes.indexOf(head, (byte) '\n', from, head.length);
      if (end < 0 && seen > 0) {
        return; // the last one may be cut off
      }
      end = end < 0 ? head.length : end;
      int stripped = end > from && head[end - 1] == '\r' ? end - 1 : end;
      if (stripped > from && head[from] != '#') {
        line.at(from, stripped);
        seen++;
      }
      from = end + 1;
    }
  }
}
