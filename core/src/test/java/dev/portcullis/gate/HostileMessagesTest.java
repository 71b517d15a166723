package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.journal.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever two servers could read in two ways is refused, recorded, and never reaches the API. */
class HostileMessagesTest {
  private static TestGate gate;

  /** A message and what it must be answered with. */
  record Hostile(String what, String message, int status) {
    @Override
    public String toString() {
      return what;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    gate = TestGate.start(TestGate.route("all", "/**"));
  }

  @AfterAll
  static void stop() throws IOException {
    gate.close();
  }

  @BeforeEach
  void forget() {
    gate.upstream.requests().clear();
    gate.journal.clear();
  }

  static List<Hostile> messages() {
    var all = new ArrayList<Hostile>();
    String post = "POST /x HTTP/1.1\r\nHost: api\r\n";
    String smuggled = "GET /smuggled HTTP/1.1\r\nHost: api\r\n\r\n";
    // Framing.
    add(all, "two lengths", post + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", 400);
    add(
        all,
        "the same length twice",
        post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        400);
    add(all, "lengths in a list", post + "Content-Length: 3, 3\r\n\r\nabc", 400);
    add(
        all,
        "length and chunked",
        post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
        400);
    add(
        all,
        "chunked and length",
        post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" + smuggled,
        400);
    add(all, "signed length", post + "Content-Length: +3\r\n\r\nabc", 400);
    add(all, "negative length", post + "Content-Length: -3\r\n\r\nabc", 400);
    add(all, "hexadecimal length", post + "Content-Length: 0x3\r\n\r\nabc", 400);
    add(all, "empty length", post + "Content-Length: \r\n\r\nabc", 400);
    add(all, "length with inner space", post + "Content-Length: 1 1\r\n\r\nabc", 400);
    add(all, "length with an underscore", post + "Content_Length: 3\r\n\r\nabc", 400);
    add(all, "length beyond 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", 413);
    add(all, "length of 5 GB", post + "Content-Length: 5368709120\r\n\r\n", 413);
    add(all, "unknown coding", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501);
    add(all, "two codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
    add(all, "chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 501);
    add(
        all,
        "two coding lines",
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        400);
    add(
        all,
        "coding after a tab and vertical tab",
        post + "Transfer-Encoding:\t\u000bchunked\r\n\r\n0\r\n\r\n",
        400);
    add(all, "coding in quotes", post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 400);
    add(
        all,
        "coding with an underscore",
        post + "Transfer_Encoding: chunked\r\n\r\n0\r\n\r\n",
        400);
    add(
        all,
        "coding with a space before the colon",
        post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        400);
    add(
        all,
        "coding in HTTP/1.0",
        "POST /x HTTP/1.0\r\nHost: api\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400);
    add(
        all,
        "two content types",
        post
            + "Content-Type: text/plain\r\nContent_Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        400);
    // Chunks.
    String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    add(all, "chunk size with a sign", chunked + "+3\r\nabc\r\n0\r\n\r\n", 400);
    add(all, "chunk size with 0x", chunked + "0x3\r\nabc\r\n0\r\n\r\n", 400);
    add(all, "chunk size with a leading space", chunked + " 3\r\nabc\r\n0\r\n\r\n", 400);
    add(all, "chunk size with a trailing space", chunked + "3 \r\nabc\r\n0\r\n\r\n", 400);
    add(all, "no chunk size", chunked + "\r\nabc\r\n0\r\n\r\n", 400);
    add(all, "chunk size beyond 60 bits", chunked + "fffffffffffffffff\r\n", 400);
    add(all, "chunk size ended by a bare line feed", chunked + "3\nabc\r\n0\r\n\r\n", 400);
    add(all, "chunk size ended by a bare carriage return", chunked + "3\rabc\r\n0\r\n\r\n", 400);
    add(all, "chunk longer than its size", chunked + "3\r\nabcd\r\n0\r\n\r\n", 400);
    add(all, "chunk ended by a bare line feed", chunked + "3\r\nabc\n0\r\n\r\n", 400);
    add(all, "chunk extension with a line feed", chunked + "3;a\nb\r\nabc\r\n0\r\n\r\n", 400);
    add(
        all,
        "chunk extension without end",
        chunked + "3;" + "a".repeat(5_000) + "\r\nabc\r\n0\r\n\r\n",
        400);
    add(all, "trailer without colon", chunked + "0\r\nabc\r\n\r\n", 400);
    add(all, "trailer ended by a bare line feed", chunked + "0\r\na: b\n\r\n", 400);
    // Lines.
    add(all, "bare line feeds", "GET /x HTTP/1.1\nHost: api\n\n", 400);
    add(all, "one bare line feed", "GET /x HTTP/1.1\r\nHost: api\nX: y\r\n\r\n", 400);
    add(
        all,
        "bare carriage return in a value",
        "GET /x HTTP/1.1\r\nHost: api\r\nX: a\rb\r\n\r\n",
        400);
    add(all, "folded header", "GET /x HTTP/1.1\r\nHost: api\r\nX: a\r\n b\r\n\r\n", 400);
    add(all, "folded first header", "GET /x HTTP/1.1\r\n Host: api\r\n\r\n", 400);
    add(all, "header without colon", "GET /x HTTP/1.1\r\nHost: api\r\nnonsense\r\n\r\n", 400);
    add(all, "header without name", "GET /x HTTP/1.1\r\nHost: api\r\n: value\r\n\r\n", 400);
    add(all, "space in a header's name", "GET /x HTTP/1.1\r\nHost: api\r\nX Y: z\r\n\r\n", 400);
    add(all, "bracket in a header's name", "GET /x HTTP/1.1\r\nHost: api\r\nX[Y]: z\r\n\r\n", 400);
    add(
        all,
        "high octet in a header's name",
        "GET /x HTTP/1.1\r\nHost: api\r\nX\u00e4: z\r\n\r\n",
        400);
    add(all, "NUL in a header's value", "GET /x HTTP/1.1\r\nHost: api\r\nX: a\0b\r\n\r\n", 400);
    add(all, "two empty lines first", "\r\n\r\nGET /x HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    // Request line.
    add(all, "no version", "GET /x\r\nHost: api\r\n\r\n", 400);
    add(all, "two spaces", "GET  /x HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "a tab for a space", "GET\t/x HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "a space in the target", "GET /x y HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "lower-case version", "GET /x http/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    add(all, "HTTP/1.2", "GET /x HTTP/1.2\r\nHost: api\r\n\r\n", 505);
    add(all, "method with a slash", "GE/T /x HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "endless method", "G".repeat(100) + " /x HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "authority form", "CONNECT api:443 HTTP/1.1\r\nHost: api:443\r\n\r\n", 400);
    add(all, "asterisk form", "OPTIONS * HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(
        all,
        "absolute form of another host",
        "GET http://evil/x HTTP/1.1\r\nHost: api\r\n\r\n",
        400);
    add(
        all,
        "absolute form with user info",
        "GET http://api@evil/x HTTP/1.1\r\nHost: api\r\n\r\n",
        400);
    add(all, "other scheme", "GET file:///etc/passwd HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "fragment", "GET /x#y HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "high octet in the target", "GET /\u00e4 HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(all, "NUL in the target", "GET /x\0y HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    add(
        all,
        "request line of 9 KiB",
        "GET /" + "x".repeat(9 << 10) + " HTTP/1.1\r\nHost: api\r\n\r\n",
        414);
    add(all, "request line without end", "GET /" + "x".repeat(100 << 10), 414);
    // Host.
    add(all, "no host", "GET /x HTTP/1.1\r\n\r\n", 400);
    add(all, "two hosts", "GET /x HTTP/1.1\r\nHost: api\r\nHost: evil\r\n\r\n", 400);
    add(all, "empty host", "GET /x HTTP/1.1\r\nHost: \r\n\r\n", 400);
    add(all, "host with a path", "GET /x HTTP/1.1\r\nHost: api/x\r\n\r\n", 400);
    add(all, "host with a comma", "GET /x HTTP/1.1\r\nHost: api, evil\r\n\r\n", 400);
    // Headers.
    add(
        all,
        "header of 40 KiB",
        "GET /x HTTP/1.1\r\nHost: api\r\nX: " + "y".repeat(40 << 10) + "\r\n\r\n",
        431);
    add(
        all,
        "header of 10 MB",
        "GET /x HTTP/1.1\r\nHost: api\r\nX: " + "y".repeat(10_000_000),
        431);
    add(
        all,
        "300 headers",
        "GET /x HTTP/1.1\r\nHost: api\r\n" + "X: y\r\n".repeat(300) + "\r\n",
        431);
    add(all, "unknown expectation", post + "Content-Length: 3\r\nExpect: magic\r\n\r\nabc", 417);
    // Paths.
    for (String path :
        List.of(
            "/a/../b",
            "/a/./b",
            "/..",
            "/a/%2e%2e/b",
            "/a/%2E/b",
            "/a/.%2e/b",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "//a",
            "/a//b",
            "/a;x=1/b",
            "/a%3bx",
            "/..;/admin",
            "/a%00b",
            "/a%0ab",
            "/a%7fb",
            "/%252e%252e/b",
            "/a%2",
            "/a%",
            "/a%zz",
            "/a%c0%ae",
            "/a%ff",
            "/a|b",
            "/a\"b",
            "/{a}",
            "/" + "a/".repeat(40))) {
      add(all, "path " + path, "GET " + path + " HTTP/1.1\r\nHost: api\r\n\r\n", 400);
    }
    return all;
  }

  private static void add(List<Hostile> all, String what, String message, int status) {
    all.add(new Hostile(what, message, status));
  }

  @Test
  void theTableIsLong() {
    assertThat(messages()).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void areRefusedRecordedAndNeverForwarded(Hostile hostile) throws Exception {
    try (RawHttp client = gate.client()) {
      try {
        client.send(hostile.message());
      } catch (IOException closedWhileSending) {
        // The answer may come before the message is whole.
      }
      RawHttp.Response response = client.read();
      assertThat(response.status()).isEqualTo(hostile.status());
      assertThat(response.header("content-type")).contains("application/problem+json");
      assertThat(client.isClosedByPeer()).as("closed, whatever follows").isTrue();
    }
    assertThat(gate.upstream.requests())
        .as("a message that was being forwarded is broken off, what follows it is never read")
        .noneMatch(request -> request.line().contains("smuggled"));
    assertThat(gate.exchange().outcome()).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) gate.exchange().outcome()).control()).isEqualTo("http");
    assertThat(gate.exchange().status()).isEqualTo(hostile.status());
    assertThat(gate.journal.exchanges()).hasSize(1);
  }

  @Test
  void anAttackThatIsAlsoMalformedCarriesItsFindings() throws Exception {
    try (RawHttp client = gate.client()) {
      client.send(
          "GET /x?attack HTTP/1.1\r\nHost: api\r\nX: attack\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(400);
    }
    assertThat(gate.exchange().findings())
        .extracting(finding -> finding.location())
        .containsExactly("path", "header:X");
  }

  @Test
  void whatIsLookedAtIsWhatWasSent() throws Exception {
    try (RawHttp client = gate.client()) {
      client.send("GET http://other/attack HTTP/1.1\r\nHost: api\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(400);
    }
    assertThat(gate.exchange().findings()).hasSize(1);
  }

  @Test
  void halfARequestIsRecordedToo() throws Exception {
    try (RawHttp client = gate.client()) {
      client.send("GET /half HTTP/1.1\r\nHost: a");
      // The gate has begun to read when it has accepted; a FIN behind the bytes keeps the order.
    }
    assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Refused("http", "incomplete"));
    assertThat(gate.exchange().status()).isZero();
  }
}
