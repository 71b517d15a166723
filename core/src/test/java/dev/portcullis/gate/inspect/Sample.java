package dev.portcullis.gate.inspect;

import dev.portcullis.journal.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of a corpus: a value and where in a request it stands. {@code query} is encoded as a
 * client would, {@code query-raw} and {@code path} are sent as they are; {@code body:TYPE} is a
 * whole body, {@code json} and {@code form} a field of one.
 *
 * @param category of an attack; empty if benign
 */
record Sample(String category, String at, String value) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static List<Sample> of(String corpus) {
    try (InputStream file = Sample.class.getResourceAsStream("/inspect/" + corpus)) {
      var samples = new ArrayList<Sample>();
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        JsonNode node = JSON.readTree(line);
        samples.add(
            new Sample(
                node.path("category").asString(""),
                node.path("at").asString(),
                node.path("value").asString()));
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the inspection says about the request that carries it. */
  List<Finding> inspectedBy(Inspection inspection) {
    String kind = at.split(":", 2)[0];
    String detail = at.contains(":") ? at.substring(at.indexOf(':') + 1) : "";
    return switch (kind) {
      case "query" -> inspection.head(SentHead.get("/v1/find?q=" + encoded()));
      case "query-raw" -> inspection.head(SentHead.get("/v1/find?" + value));
      case "path" -> inspection.head(SentHead.get(value));
      case "header" -> inspection.head(SentHead.with(detail, value));
      case "cookie" -> inspection.head(SentHead.with("Cookie", "lang=en; session=" + value));
      case "json" ->
          body(inspection, "application/json", JSON.writeValueAsString(Map.of("v", value)));
      case "form" -> body(inspection, "application/x-www-form-urlencoded", "a=1&v=" + encoded());
      case "body" -> {
        boolean binary = detail.contains("octet-stream") || detail.contains("image");
        yield inspection.body(
            detail, value.getBytes(binary ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
      }
      default -> throw new IllegalArgumentException(at);
    };
  }

  private String encoded() {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static List<Finding> body(Inspection inspection, String type, String text) {
    return inspection.body(type, text.getBytes(StandardCharsets.UTF_8));
  }
}
