package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.BodyData;
import dev.portcullis.config.DataSettings;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.gate.testing.BodyFormat;
import dev.portcullis.gate.testing.Coding;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Pseudonym;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fifty generated breaches, each with what really went out known: pages, partial responses,
 * conditional requests, compressed bodies, other formats, refusals and errors. The subjects on
 * record are those whose data left, none missing and none too many; and where some may be missing,
 * the record says so.
 */
class ObservationIsExactTest {
  private static final int REQUESTS = 12;

  static IntStream breaches() {
    return IntStream.range(0, 50);
  }

  private static RouteSettings route(BodyFormat format) {
    String name = format.name().toLowerCase(java.util.Locale.ROOT);
    return TestGate.with(
        TestGate.route(name, "/" + name + "/{owner}"),
        new DataSettings(
            Optional.of("owner"),
            List.of(format.path("id")),
            Map.of("contact", List.of(format.path("email"))),
            BodyData.NONE,
            Map.of()));
  }

  /** What an answer is, and whose data it really carries. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Answer(
      String head, byte[] body, Set<String> subjects, Observation observation, long unobserved) {}

  @ParameterizedTest
  @MethodSource("breaches")
  void theListOfSubjectsIsExact(int seed) throws Exception {
    var random = new Random(seed);
    var answers = new ConcurrentHashMap<String, Answer>();
    try (TestGate gate =
            TestGate.start(
                Arrays.stream(BodyFormat.values())
                    .map(ObservationIsExactTest::route)
                    .toArray(RouteSettings[]::new));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        Answer answer = Optional.ofNullable(answers.get(request.path())).orElseThrow();
        TestUpstream.write(out, answer.head());
        // In two parts, so that what is read is not always whole.
        int half = answer.body().length / 2;
        out.write(answer.body(), 0, half);
        out.flush();
        out.write(answer.body(), half, answer.body().length - half);
        out.flush();
        return true;
      });
      var left = new HashSet<Pseudonym>();
      var recorded = new HashSet<Pseudonym>();
      for (int i = 0; i < REQUESTS; i++) {
        BodyFormat format = BodyFormat.values()[random.nextInt(BodyFormat.values().length)];
        String owner = "o-" + random.nextInt(5);
        String path =
            "/" + format.name().toLowerCase(java.util.Locale.ROOT) + "/" + owner + "?page=" + i;
        Answer answer = answer(random, format, owner, i);
        answers.put(path, answer);
        client.get(path, "Accept-Encoding: gzip, br, zstd, deflate", "If-None-Match: \"1\"");
        Exchange exchange = gate.exchange(i);
        answer.subjects().forEach(subject -> left.add(TestGate.pseudonym(subject)));
        recorded.addAll(exchange.subjects());
        assertThat(exchange.subjects())
            .as("seed %d, request %d: %s", seed, i, answer.head())
            .containsExactlyInAnyOrderElementsOf(
                answer.subjects().stream().map(TestGate::pseudonym).toList());
        assertThat(exchange.observation()).as(answer.head()).isEqualTo(answer.observation());
        assertThat(exchange.response().unobserved())
            .as(answer.head())
            .isEqualTo(answer.unobserved());
      }
      assertThat(precision(left, recorded)).isEqualTo(1.0);
      assertThat(precision(recorded, left)).as("recall").isEqualTo(1.0);
    }
  }

  private static double precision(Set<Pseudonym> truth, Set<Pseudonym> found) {
    return found.isEmpty()
        ? 1
        : (double) found.stream().filter(truth::contains).count() / found.size();
  }

  private static Answer answer(Random random, BodyFormat format, String owner, int page) {
    return switch (random.nextInt(9)) {
      case 3 ->
          withBody(
              "206 Partial Content",
              "Content-Type: application/json\r\nContent-Range: bytes 5-14/40",
              "x\",\"id\":\"p".getBytes(StandardCharsets.UTF_8),
              Set.of(owner),
              Observation.UNREADABLE,
              10);
      case 0 ->
          new Answer(
              "HTTP/1.1 304 Not Modified\r\n\r\n", new byte[0], Set.of(), Observation.COMPLETE, 0);
      case 1 ->
          withBody(
              "404 Not Found",
              "Content-Type: text/html",
              "<p>no p-0".getBytes(StandardCharsets.UTF_8),
              Set.of(),
              Observation.NOT_EXPECTED,
              0);
      case 2 ->
          withBody(
              "200 OK",
              "Content-Type: application/pdf",
              "%PDF-1.7 p-1".getBytes(StandardCharsets.UTF_8),
              Set.of(owner),
              Observation.UNREADABLE,
              12);
      default -> page(random, format, owner, page);
    };
  }

  private static Answer page(Random random, BodyFormat format, String owner, int page) {
    var records = new ArrayList<Map<String, String>>();
    var subjects = new HashSet<String>();
    subjects.add(owner);
    int size = 1 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      // Pages overlap, as they do when rows are inserted meanwhile.
      String id = "p-" + (40 * page + i + random.nextInt(3));
      subjects.add(id);
      var record = new LinkedHashMap<String, String>();
      record.put("id", id);
      record.put("email", id + "@example.org");
      record.put("friend", "not-" + id);
      records.add(record);
    }
    Coding coding = Coding.values()[random.nextInt(Coding.values().length)];
    byte[] body = coding.encode(format.write(records).getBytes(StandardCharsets.UTF_8));
    return withBody(
        "200 OK",
        "Content-Type: "
            + format.contentType()
            + coding.label().map(name -> "\r\nContent-Encoding: " + name).orElse(""),
        body,
        subjects,
        Observation.COMPLETE,
        0);
  }

  private static Answer withBody(
      String status,
      String headers,
      byte[] body,
      Set<String> subjects,
      Observation observation,
      long unobserved) {
    return new Answer(
        "HTTP/1.1 " + status + "\r\n" + headers + "\r\nContent-Length: " + body.length + "\r\n\r\n",
        body,
        subjects,
        observation,
        unobserved);
  }
}
