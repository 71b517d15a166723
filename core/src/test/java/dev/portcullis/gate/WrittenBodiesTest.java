package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.config.BodyData;
import dev.portcullis.config.DataSettings;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.gate.testing.BodyFormat;
import dev.portcullis.gate.testing.Coding;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request wrote, and about whom, is on record. */
class WrittenBodiesTest {
  private static RouteSettings route(BodyData request) {
    return TestGate.with(
        TestGate.guarded(
            TestGate.route("person", "/people/{id}"),
            Map.of(
                "GET", java.util.Set.of(),
                "POST", java.util.Set.of(),
                "PUT", java.util.Set.of(),
                "DELETE", java.util.Set.of())),
        new DataSettings(Optional.of("id"), List.of(), Map.of(), request, Map.of()));
  }

  private static final BodyData RELATIVES =
      new BodyData(List.of("$.relatives[*].id"), Map.of("health", List.of("$.diagnosis")));

  private static String request(String method, String type, String body) {
    return method
        + " /people/p-1 HTTP/1.1\r\nHost: api\r\n"
        + TestGate.KEY
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Takes the body, then answers with that status. */
  private static TestUpstream.Behaviour answering(String status) {
    return (request, in, out) -> {
      in.readNBytes(Integer.parseInt("0" + request.header("content-length")));
      TestUpstream.write(out, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
      return true;
    };
  }

  private static void chunks(InputStream in) throws IOException {
    while (true) {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      int size = Integer.parseInt(line.toString().strip(), 16);
      in.readNBytes(size + 2);
      if (size == 0) {
        return;
      }
    }
  }

  @Test
  void theBodyNamesWhomItWritesAboutAndThePathToo() throws Exception {
    try (TestGate gate = TestGate.start(route(RELATIVES));
        RawHttp client = gate.client()) {
      gate.upstream.behave(answering("204 No Content"));
      client
          .send(
              request(
                  "PUT",
                  "application/json",
                  "{\"diagnosis\":\"J10\",\"relatives\":[{\"id\":\"p-2\"},{\"id\":\"p-2\"}]}"))
          .read();
      Carried written = gate.exchange().request();
      assertThat(written.subjects())
          .containsExactlyInAnyOrder(TestGate.pseudonym("p-1"), TestGate.pseudonym("p-2"));
      assertThat(written.records()).isEqualTo(3);
      assertThat(written.dataClasses()).containsExactly("health");
      assertThat(written.observation()).isEqualTo(Observation.COMPLETE);
      assertThat(written.unobserved()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void everyFormatIsReadInEveryCodingAndChunk(Coding coding) throws Exception {
    for (BodyFormat format : BodyFormat.values()) {
      var data = new BodyData(List.of(format.path("id")), Map.of());
      try (TestGate gate = TestGate.start(route(data));
          RawHttp client = gate.client()) {
        gate.upstream.behave((request, in, out) -> {
          chunks(in);
          TestUpstream.write(out, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
          return true;
        });
        byte[] body =
            coding.encode(
                format
                    .write(List.of(Map.of("id", "p-7"), Map.of("id", "p-8")))
                    .getBytes(StandardCharsets.UTF_8));
        client.send(
            "POST /people/p-1 HTTP/1.1\r\nHost: api\r\n"
                + TestGate.KEY
                + "\r\nContent-Type: "
                + format.contentType()
                + coding.label().map(name -> "\r\nContent-Encoding: " + name).orElse("")
                + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < body.length; at += 11) {
          int length = Math.min(11, body.length - at);
          client.send(Integer.toHexString(length) + "\r\n");
          client.send(java.util.Arrays.copyOfRange(body, at, at + length));
          client.send("\r\n");
        }
        client.send("0\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(201);
        Carried written = gate.exchange().request();
        assertThat(written.subjects())
            .as(format + " " + coding)
            .contains(TestGate.pseudonym("p-7"), TestGate.pseudonym("p-8"));
        assertThat(written.observation()).isEqualTo(Observation.COMPLETE);
      }
    }
  }

  @Test
  void aRequestThatTheApiRefusedWroteNothingAboutWhomItsPathNames() throws Exception {
    try (TestGate gate = TestGate.start(route(BodyData.NONE));
        RawHttp client = gate.client()) {
      gate.upstream.behave(answering("404 Not Found"));
      client.send(request("DELETE", "text/plain", "")).read();
      gate.upstream.behave(answering("204 No Content"));
      client.send(request("DELETE", "text/plain", "")).read();
      client.send(request("GET", "text/plain", "")).read();
      assertThat(gate.exchange(0).request()).isEqualTo(Carried.NOTHING);
      assertThat(gate.exchange(1).request().subjects()).containsExactly(TestGate.pseudonym("p-1"));
      assertThat(gate.exchange(2).request()).isEqualTo(Carried.NOTHING);
    }
  }

  @Test
  void aRequestThatTheGateRefusedWroteNothing() throws Exception {
    try (TestGate gate = TestGate.start(route(RELATIVES));
        RawHttp client = gate.client()) {
      String request = request("PUT", "application/json", "{\"relatives\":[{\"id\":\"p-2\"}]}");
      client.send(request.replace(TestGate.KEY, "X-Api-Key: bad")).read();
      assertThat(gate.exchange().outcome()).isInstanceOf(Outcome.Refused.class);
      assertThat(gate.exchange().request()).isEqualTo(Carried.NOTHING);
    }
  }

  @Test
  void whatWasSentBeforeTheApiBrokeOffMayHaveBeenWritten() throws Exception {
    try (TestGate gate = TestGate.start(route(RELATIVES));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        in.readNBytes(Integer.parseInt(request.header("content-length")));
        return false;
      });
      client.send(request("PUT", "application/json", "{\"relatives\":[{\"id\":\"p-2\"}]}")).read();
      assertThat(gate.exchange().outcome()).isInstanceOf(Outcome.Failed.class);
      assertThat(gate.exchange().request().subjects())
          .containsExactlyInAnyOrder(TestGate.pseudonym("p-1"), TestGate.pseudonym("p-2"));
    }
  }

  @Test
  void aBodyThatCannotBeReadIsUnobservedToTheByte() throws Exception {
    try (TestGate gate = TestGate.start(route(RELATIVES));
        RawHttp client = gate.client()) {
      gate.upstream.behave(answering("204 No Content"));
      client.send(request("PUT", "application/pdf", "x".repeat(4_321))).read();
      Carried written = gate.exchange().request();
      assertThat(written.observation()).isEqualTo(Observation.UNREADABLE);
      assertThat(written.unobserved()).isEqualTo(4_321);
      assertThat(written.subjects()).containsExactly(TestGate.pseudonym("p-1"));
    }
  }
}
