package dev.portcullis.gate.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules before recorded traffic, where it lies at hand. A floor and no proof: the recording
 * holds a handful of payload templates, and samples of them were looked at before the rules were
 * written.
 */
class RecordedTrafficTest {
  private static final Path RECORDING = Path.of("../../shared/data/atrdf/exchanges.jsonl.gz");
  private static final RuleInspection INSPECTION = RuleInspection.standard();

  @Test
  void ofEachClassOfAttacksAtLeast95PercentAreNoticedAndNobodyBenignIsAccused() throws Exception {
    assumeTrue(Files.exists(RECORDING), "no recorded traffic beside the checkout");
    List<JsonNode> requests = requests();
    Collections.shuffle(requests, new Random(20_261_125));
    int half = requests.size() / 2;
    check(requests.subList(0, half));
    check(requests.subList(half, requests.size()));
  }

  private static void check(List<JsonNode> requests) {
    Map<String, int[]> classes = new TreeMap<>();
    for (JsonNode request : requests) {
      int[] counts =
          classes.computeIfAbsent(
              request.path("Attack_Tag").asString("benign"), name -> new int[2]);
      counts[0]++;
      counts[1] += isNoticed(request) ? 1 : 0;
    }
    classes.forEach((name, counts) ->
        System.out.printf("%-20s %4d of %4d noticed%n", name, counts[1], counts[0]));
    classes.forEach((name, counts) -> {
      if (name.equals("benign")) {
        assertThat(counts[1]).as("benign accused").isZero();
      } else {
        assertThat((double) counts[1] / counts[0]).as(name).isGreaterThanOrEqualTo(0.95);
      }
    });
  }

  private static boolean isNoticed(JsonNode request) {
    var lines = new ArrayList<Map.Entry<String, String>>();
    request
        .get("headers")
        .properties()
        .forEach(line -> lines.add(Map.entry(line.getKey(), line.getValue().asString())));
    String url = request.get("url").asString();
    String target = url.substring(url.indexOf('/', url.indexOf("//") + 2));
    byte[] body = request.get("body").asString().getBytes(StandardCharsets.UTF_8);
    return !INSPECTION.head(new SentHead(request.get("method").asString(), target, lines)).isEmpty()
        || !INSPECTION.body("", body).isEmpty();
  }

  private static List<JsonNode> requests() throws Exception {
    var json = JsonMapper.builder().build();
    var requests = new ArrayList<JsonNode>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(RECORDING)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        requests.add(json.readTree(line).get("request"));
      }
    }
    return requests;
  }
}
