package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import dev.portcullis.config.DataSettings;
import dev.portcullis.gate.testing.BodyFormat;
import dev.portcullis.gate.testing.Coding;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Observation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of every format and coding are read as they pass, and pass as they are. */
class ObservedBodiesTest {
  private static final List<Map<String, String>> PEOPLE =
      List.of(
          Map.of("id", "p-1", "email", "ann@example.org"),
          Map.of("id", "p-2", "email", "bob@example.org"),
          Map.of("id", "p-1", "email", "ann@example.org"));

  private static DataSettings ids(String... paths) {
    return new DataSettings(
        Optional.empty(), List.of(paths), Map.of("contact", List.of("$..email")));
  }

  private static TestGate gate(DataSettings data) throws IOException {
    return TestGate.start(TestGate.with(TestGate.route("people", "/people"), data));
  }

  private static void respond(OutputStream out, String status, byte[] body, String... headers)
      throws IOException {
    TestUpstream.write(
        out,
        "HTTP/1.1 "
            + status
            + "\r\n"
            + String.join("\r\n", headers)
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n");
    out.write(body);
    out.flush();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** One request whose answer is this body. */
  private static Exchange exchange(DataSettings data, byte[] body, String... headers)
      throws Exception {
    try (TestGate gate = gate(data);
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        respond(out, "200 OK", body, headers);
        return true;
      });
      RawHttp.Response response = client.get("/people", "Accept-Encoding: gzip, deflate, br, zstd");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).as("passed on as it is").isEqualTo(body);
      return gate.exchange();
    }
  }

  @ParameterizedTest
  @EnumSource(Coding.class)
  void everyFormatIsReadInEveryCoding(Coding coding) throws Exception {
    for (BodyFormat format : BodyFormat.values()) {
      byte[] body = coding.encode(utf8(format.write(PEOPLE)));
      String encoding = coding.label().map(name -> "Content-Encoding: " + name).orElse("X: y");
      Exchange exchange =
          exchange(ids(format.path("id")), body, "Content-Type: " + format.contentType(), encoding);
      assertThat(exchange.subjects())
          .as(format + " " + coding)
          .containsExactlyInAnyOrder(TestGate.pseudonym("p-1"), TestGate.pseudonym("p-2"));
      assertThat(exchange.response().records()).isEqualTo(3);
      assertThat(exchange.dataClasses()).containsExactly("contact");
      assertThat(exchange.observation()).isEqualTo(Observation.COMPLETE);
      assertThat(exchange.response().unobserved()).isZero();
    }
  }

  @Test
  void whatARealBrotliEncoderMadeIsRead() throws Exception {
    Exchange exchange =
        exchange(
            ids("$.items[*].id"),
            Coding.brotliDocument(),
            "Content-Type: application/json",
            "Content-Encoding: br");
    assertThat(exchange.subjects()).hasSize(40).contains(TestGate.pseudonym("p-39"));
    assertThat(exchange.observation()).isEqualTo(Observation.COMPLETE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, deflate, br, zstd | gzip, deflate, br, zstd",
        "gzip;q=0.5, compress, *;q=0.1, BR | gzip;q=0.5, BR",
        "compress, exi | identity",
        "sdch | identity",
      })
  void theUpstreamIsAskedOnlyForCodingsThatCanBeTakenOff(String asked, String passedOn)
      throws Exception {
    try (TestGate gate = gate(ids("$.id"));
        RawHttp client = gate.client()) {
      client.get("/people", "Accept-Encoding: " + asked);
      client.get("/people");
      assertThat(gate.upstream.requests().getFirst().header("accept-encoding")).isEqualTo(passedOn);
      assertThat(gate.upstream.requests().getLast().header("accept-encoding"))
          .isEqualTo("identity");
    }
  }

  private static byte[] filled(String filler) {
    return utf8("{\"items\":[{\"id\":\"p-1\"}],\"filler\":\"" + filler.repeat(40 << 20) + "\"}");
  }

  @ParameterizedTest
  @EnumSource(
      value = Coding.class,
      names = {"GZIP", "DEFLATE", "BARE_DEFLATE", "ZSTD", "BROTLI"})
  void aBombIsReadUpToTheLimitAndSaidToBeReadInPart(Coding coding) throws Exception {
    byte[] body = coding == Coding.BROTLI ? Coding.brotliBomb() : coding.encode(filled(" "));
    assertThat(body.length).as("small on the wire").isLessThan(200_000);
    Exchange exchange =
        exchange(
            ids("$.items[*].id"),
            body,
            "Content-Type: application/json",
            "Content-Encoding: " + coding.label().orElseThrow());
    assertThat(exchange.observation()).isEqualTo(Observation.PARTIAL);
    assertThat(exchange.subjects()).containsExactly(TestGate.pseudonym("p-1"));
    assertThat(exchange.response().unobserved()).isBetween(1L, (long) body.length);
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Test
  void aWindowThatWouldTakeTooMuchMemoryIsNotOpened() throws Exception {
    try (var context = new com.github.luben.zstd.ZstdCompressCtx()) {
      context.setLong(27).setContentSize(false);
      byte[] source = utf8("[{\"id\":1}]" + " ".repeat(100_000));
      var out = ByteBuffer.allocateDirect((int) Zstd.compressBound(source.length) + 1_000);
      // In two steps, so that the encoder can't know that a small window would do.
      context.compressDirectByteBufferStream(out, direct(source), EndDirective.FLUSH);
      context.compressDirectByteBufferStream(out, direct(source), EndDirective.END);
      byte[] body = new byte[out.flip().remaining()];
      out.get(body);
      Exchange exchange =
          exchange(
              ids("$[*].id"), body, "Content-Type: application/json", "Content-Encoding: zstd");
      assertThat(exchange.observation()).isEqualTo(Observation.UNREADABLE);
      assertThat(exchange.response().unobserved()).isEqualTo(body.length);
    }
  }

  @Test
  void aWrongChecksumIsNotCalledComplete() throws Exception {
    byte[] body = Coding.GZIP.encode(utf8("[{\"id\":1}]"));
    body[body.length - 8] ^= 1;
    Exchange exchange =
        exchange(ids("$[*].id"), body, "Content-Type: application/json", "Content-Encoding: gzip");
    assertThat(exchange.observation()).isEqualTo(Observation.PARTIAL);
    assertThat(exchange.subjects()).containsExactly(TestGate.pseudonym("1"));
  }

  @Test
  void hostileDocumentsAreReadInPartAndPassedOn() throws Exception {
    var bodies =
        Map.of(
            "application/json", utf8("[".repeat(50_000)),
            "application/x-ndjson", utf8("{\"id\":\"" + "x".repeat(2 << 20)),
            "text/csv", utf8("id\n\"" + "y".repeat(2 << 20)),
            "application/xml", utf8("<a>".repeat(50_000)),
            "text/event-stream", utf8("data: " + "[".repeat(50_000)),
            "text/csv; charset=utf-8", new byte[] {'i', 'd', '\n', (byte) 0xc3, 0x28, '\n'},
            "text/json", new byte[] {'[', '"', (byte) 0xff, '"', ']'});
    for (var body : bodies.entrySet()) {
      Exchange exchange = exchange(ids("$..id"), body.getValue(), "Content-Type: " + body.getKey());
      assertThat(exchange.observation()).as(body.getKey()).isEqualTo(Observation.PARTIAL);
      assertThat(exchange.response().unobserved()).as(body.getKey()).isPositive();
    }
  }

  @Test
  void whatIsInAnUnknownFormatOrCodingIsUnobservedToTheByte() throws Exception {
    byte[] body = new byte[12_345];
    for (String headers :
        List.of(
            "Content-Type: application/pdf",
            "Content-Type: application/json\r\nContent-Encoding: compress",
            "Content-Type: application/json\r\nContent-Encoding: gzip, br",
            "Content-Type: multipart/byteranges; boundary=x",
            "X-No: type")) {
      Exchange exchange = exchange(ids("$.id"), body, headers);
      assertThat(exchange.observation()).as(headers).isEqualTo(Observation.UNREADABLE);
      assertThat(exchange.response().unobserved()).isEqualTo(12_345);
      assertThat(exchange.response().records()).isZero();
    }
  }

  @Test
  void whatLiesBeyondTheLimitIsUnobservedToTheByte() throws Exception {
    byte[] body = utf8("[{\"id\":1}" + " ".repeat(3 << 20) + "]");
    Exchange exchange = exchange(ids("$[*].id"), body, "Content-Type: application/json");
    assertThat(exchange.observation()).isEqualTo(Observation.PARTIAL);
    assertThat(exchange.response().unobserved()).isEqualTo(body.length - (1 << 20));
    assertThat(exchange.subjects()).containsExactly(TestGate.pseudonym("1"));
  }

  @Test
  void aTruncatedCodedBodyIsReadInPart() throws Exception {
    byte[] whole =
        Coding.GZIP.encode(utf8("[{\"id\":\"p-1\"},{\"id\":\"p-2\"}," + "{},".repeat(900) + "{}]"));
    byte[] body = Arrays.copyOf(whole, whole.length - 12);
    Exchange exchange =
        exchange(ids("$[*].id"), body, "Content-Type: application/json", "Content-Encoding: gzip");
    assertThat(exchange.observation()).isEqualTo(Observation.PARTIAL);
    assertThat(exchange.subjects()).contains(TestGate.pseudonym("p-1"));
  }

  @Test
  void aPartOfADocumentIsCalledAPart() throws Exception {
    try (TestGate gate = gate(ids("$[*].id"));
        RawHttp client = gate.client()) {
      List<String> ranges =
          List.of("bytes 0-9/40", "bytes 10-19/40", "bytes 0-9/10", "bytes 0-9/*", "items 1");
      gate.upstream.behave((request, in, out) -> {
        respond(
            out,
            "206 Partial Content",
            utf8("[{\"id\":1}]"),
            "Content-Type: application/json",
            "Content-Range: " + ranges.get(gate.upstream.requests().size() - 1));
        return true;
      });
      for (String range : ranges) {
        assertThat(client.get("/people", "Range: bytes=0-9").status()).as(range).isEqualTo(206);
      }
      assertThat(gate.upstream.requests().getFirst().header("range")).isEmpty();
      var expected =
          List.of(
              Observation.PARTIAL,
              Observation.UNREADABLE,
              Observation.COMPLETE,
              Observation.PARTIAL,
              Observation.UNREADABLE);
      for (int i = 0; i < ranges.size(); i++) {
        assertThat(gate.exchange(i).observation()).as(ranges.get(i)).isEqualTo(expected.get(i));
      }
      assertThat(gate.exchange(1).response().unobserved()).isEqualTo(10);
    }
  }

  @Test
  void whereNoBodyWentOutNobodysDataDid() throws Exception {
    try (TestGate gate = gate(ids("$[*].id"));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out,
            (request.line().startsWith("HEAD")
                    ? "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n"
                    : "HTTP/1.1 304 Not Modified\r\n")
                + "Content-Type: application/json\r\n\r\n");
        return true;
      });
      client.send("HEAD /people HTTP/1.1\r\nHost: api\r\n\r\n").readToHead();
      client.get("/people", "If-None-Match: \"x\"");
      for (int i = 0; i < 2; i++) {
        assertThat(gate.exchange(i).subjects()).isEmpty();
        assertThat(gate.exchange(i).dataClasses()).isEmpty();
        assertThat(gate.exchange(i).observation()).isEqualTo(Observation.COMPLETE);
        assertThat(gate.exchange(i).response().unobserved()).isZero();
      }
    }
  }
}
