package dev.portcullis.analyze.format;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * OpenTelemetry logs as OTLP JSON, one export request a line (the collector's file exporter).
 * Attributes after the semantic conventions of HTTP, the stable and the older names; where a record
 * has none, its body is read as a line of another format.
 */
final class OtlpFormat implements LogFormat {
  private final JsonMapper mapper = JsonMapper.builder().build();
  private final List<LogFormat> bodies;

  OtlpFormat(List<LogFormat> bodies) {
    this.bodies = bodies;
  }

  @Override
  public String name() {
    return "otlp-json";
  }

  @Override
  public boolean read(byte[] text, int from, int to, LoggedRequest into, Runnable each) {
    if (Bytes.indexOf(text, "\"resourceLogs\"", from, to) < 0) {
      return false;
    }
    JsonNode root;
    try {
      root = mapper.readTree(text, from, to - from);
    } catch (JacksonException e) {
      return false;
    }
    boolean every = true;
    for (JsonNode resource : root.path("resourceLogs")) {
      for (JsonNode scope : resource.path("scopeLogs")) {
        for (JsonNode record : scope.path("logRecords")) {
          every &= record(record, into, each);
        }
      }
    }
    return every;
  }

  private boolean record(JsonNode record, LoggedRequest into, Runnable each) {
    Map<String, String> attributes = new HashMap<>();
    for (JsonNode attribute : record.path("attributes")) {
      attributes.put(attribute.path("key").asString(""), scalar(attribute.path("value")));
    }
    String target =
        first(attributes, "http.target", "url.original", "url.path", "url.full", "http.url")
            .orElse("");
    if (target.isEmpty()) {
      byte[] body = scalar(record.path("body")).getBytes(StandardCharsets.UTF_8);
      return body.length == 0
          || bodies.stream().anyMatch(format -> format.read(body, 0, body.length, into, each));
    }
    into.clear();
    String time = record.path("timeUnixNano").asString("");
    if (time.isEmpty() || time.equals("0")) {
      time = record.path("observedTimeUnixNano").asString("");
    }
    byte[] at = time.getBytes(StandardCharsets.UTF_8);
    into.at = Times.any(at, 0, at.length);
    String query = attributes.getOrDefault("url.query", "");
    boolean joined = query.isEmpty() || target.contains("?");
    fill(into, into.target, Optional.of(joined ? target : target + "?" + query));
    fill(into, into.method, first(attributes, "http.request.method", "http.method"));
    fill(
        into,
        into.source,
        first(attributes, "client.address", "http.client_ip", "network.peer.address")
            .or(() -> first(attributes, "net.sock.peer.addr", "net.peer.ip", "source.address")));
    fill(into, into.userAgent, first(attributes, "user_agent.original", "http.user_agent"));
    fill(into, into.referer, first(attributes, "http.request.header.referer"));
    fill(into, into.forwarded, first(attributes, "http.request.header.x-forwarded-for"));
    fill(into, into.user, first(attributes, "user.name", "user.id", "enduser.id"));
    into.status = (int) number(attributes, "http.response.status_code", "http.status_code");
    into.requestBytes = number(attributes, "http.request.body.size", "http.request_content_length");
    into.responseBytes =
        number(attributes, "http.response.body.size", "http.response_content_length");
    if (!into.isWhole()) {
      return false;
    }
    each.run();
    return true;
  }

  private static void fill(LoggedRequest into, Slice slice, Optional<String> value) {
    value.ifPresent(text -> into.decoded(slice, text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<String> first(Map<String, String> attributes, String... names) {
    for (String name : names) {
      String value = attributes.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static long number(Map<String, String> attributes, String... names) {
    byte[] digits = first(attributes, names).orElse("").getBytes(StandardCharsets.UTF_8);
    return Math.max(0, Bytes.number(digits, 0, digits.length));
  }

  private static String scalar(JsonNode value) {
    for (String kind : List.of("stringValue", "intValue", "doubleValue", "boolValue")) {
      if (value.has(kind)) {
        return value.path(kind).asString("");
      }
    }
    JsonNode array = value.path("arrayValue").path("values");
    return array.isEmpty() ? "" : scalar(array.get(0));
  }
}
