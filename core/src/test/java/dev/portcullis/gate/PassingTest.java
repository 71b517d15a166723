package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.InspectionMode;
import dev.portcullis.journal.Outcome;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What passes, what does not, and what of it the API and the client see. */
class PassingTest {
  private static final String HOST = "Host: api\r\n";

  @Test
  void aRequestReachesTheApiAndItsAnswerTheClient() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("things", "/v1/things/{id}"));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> TestUpstream.json(out, "{\"a\":1}"));
      RawHttp.Response response = client.get("/v1/things/7?x=%20y");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.text()).isEqualTo("{\"a\":1}");
      assertThat(response.header("request-id")).isPresent();
      assertThat(response.header("ratelimit")).isPresent();
      assertThat(gate.upstream.requests().getFirst().line())
          .isEqualTo("GET /v1/things/7?x=%20y HTTP/1.1");
      var exchange = gate.exchange();
      assertThat(exchange.outcome()).isEqualTo(new Outcome.Forwarded());
      assertThat(exchange.route()).contains("things");
      assertThat(exchange.responseBytes()).isEqualTo(7);
      assertThat(exchange.path()).isEqualTo("/v1/things/7");
      assertThat(exchange.at()).isEqualTo(exchange.at().truncatedTo(ChronoUnit.MICROS));
    }
  }

  @Test
  void whoTheClientIsTheGateAloneSays() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/**"));
        RawHttp client = gate.client()) {
      client.get(
          "/x",
          "Client-IP: forged",
          "X-Client-IP: forged",
          "True-Client-IP: forged",
          "X-Cluster-Client-IP: forged",
          "CF-Connecting-IP: forged",
          "Fastly-Client-IP: forged",
          "X-Remote-User: forged",
          "Remote_User: forged",
          "X-SSL-Client-Cert: forged",
          "X-SSL_Client-S-DN: forged",
          "X-Forwarded: forged",
          "X-Forwarded-User: forged",
          "X-Forward: mine");
      TestUpstream.Request seen = gate.upstream.requests().getFirst();
      assertThat(seen.headers()).noneMatch(line -> line.contains("forged"));
      assertThat(seen.header("x-forward")).isEqualTo("mine");
    }
  }

  @Test
  void whatBelongsToOneHopStaysThereInBothDirections() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/**"));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out,
            String.join(
                "\r\n",
                "HTTP/1.1 200 OK",
                "Server: secret/1.0",
                "X-Powered-By: secret",
                "Connection: X-Hop",
                "X-Hop: 1",
                "Keep-Alive: timeout=5",
                "X-Kept: yes",
                "Content-Length: 0",
                "",
                ""));
        return true;
      });
      RawHttp.Response response =
          client.get(
              "/x",
              "Connection: X-Mine, Upgrade",
              "X-Mine: 1",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
              "TE: trailers",
              "X-Forwarded-For: 1.2.3.4",
              "X_Forwarded_For: 1.2.3.4",
              "Forwarded: for=1.2.3.4",
              "X-Kept: mine");
      TestUpstream.Request seen = gate.upstream.requests().getFirst();
      assertThat(seen.headers())
          .noneMatch(line -> line.contains("1.2.3.4"))
          .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("x-mine"))
          .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("upgrade"))
          .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("connection"))
          .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("te:"))
          .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("http2"));
      assertThat(seen.header("x-kept")).isEqualTo("mine");
      assertThat(seen.header("x-forwarded-for")).isEqualTo("127.0.0.1");
      assertThat(seen.header("x-forwarded-proto")).isEqualTo("http");
      assertThat(seen.header("x-forwarded-host")).isEqualTo("api");
      assertThat(seen.header("forwarded")).isEqualTo("for=127.0.0.1;proto=http;host=\"api\"");
      assertThat(seen.header("host")).isEqualTo(gate.upstream.url().getAuthority());
      assertThat(response.header("x-kept")).contains("yes");
      assertThat(response.headers())
          .noneMatch(line -> line.contains("secret"))
          .noneMatch(line -> line.startsWith("X-Hop"))
          .noneMatch(line -> line.startsWith("Keep-Alive"));
    }
  }

  @Test
  void whatMatchesNoRouteIsNotFoundAndOtherMethodsAreToldTheAllowedOnes() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("things", "/v1/things/{id}"));
        RawHttp client = gate.client()) {
      RawHttp.Response unknown = client.get("/v1/other");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.text()).contains("\"type\":\"about:blank\"").contains("\"status\":404");
      client.send("DELETE /v1/things/1 HTTP/1.1\r\n" + HOST + "\r\n");
      RawHttp.Response wrong = client.read();
      assertThat(wrong.status()).isEqualTo(405);
      assertThat(wrong.header("allow")).contains("GET, HEAD, POST, PUT");
      assertThat(gate.upstream.requests()).isEmpty();
      assertThat(gate.exchange(1).outcome())
          .isEqualTo(new Outcome.Refused("route", "method-not-allowed"));
    }
  }

  @Test
  void aLiteralBeatsAParameterAndAParameterBeatsTheRest() throws Exception {
    try (TestGate gate =
            TestGate.start(
                TestGate.route("rest", "/v1/**"),
                TestGate.route("one", "/v1/{id}"),
                TestGate.route("me", "/v1/me"),
                TestGate.route("deep", "/v1/me/deep"));
        RawHttp client = gate.client()) {
      for (String path : new String[] {"/v1/me", "/v1/7", "/v1/me/other", "/v1/me/deep"}) {
        assertThat(client.get(path).status()).isEqualTo(200);
      }
      assertThat(gate.exchange(0).route()).contains("me");
      assertThat(gate.exchange(1).route()).contains("one");
      assertThat(gate.exchange(2).route()).contains("rest");
      assertThat(gate.exchange(3).route()).contains("deep");
    }
  }

  @Test
  void whoIsUnknownOrLacksAScopeIsRefusedWithoutAWordOfWhy() throws Exception {
    var route =
        TestGate.guarded(
            TestGate.route("things", "/things"),
            Map.of("GET", Set.of("read"), "POST", Set.of("read", "write")));
    try (TestGate gate = TestGate.start(route);
        RawHttp client = gate.client()) {
      RawHttp.Response unknown = client.get("/things", "X-Api-Key: bad");
      assertThat(unknown.status()).isEqualTo(401);
      assertThat(unknown.text()).doesNotContain("unknown-key");
      assertThat(client.get("/things", TestGate.KEY).status()).isEqualTo(200);
      assertThat(client.get("/things", "X-Api-Key: slow-good").status()).isEqualTo(200);
      assertThat(client.get("/things", "X-Api-Key: slow-bad").status()).isEqualTo(401);
      client.send("POST /things HTTP/1.1\r\n" + HOST + TestGate.KEY + "\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(403);
      assertThat(gate.exchange(0).outcome())
          .isEqualTo(new Outcome.Refused("authentication", "unknown-key"));
      assertThat(gate.exchange(1).credential()).contains("key-1");
      assertThat(gate.exchange(4).outcome())
          .isEqualTo(new Outcome.Refused("authorisation", "missing-scope"));
      assertThat(gate.upstream.requests()).hasSize(2);
    }
  }

  @Test
  void injectedCodeIsRefusedOrObservedAsTheRouteSays() throws Exception {
    try (TestGate gate =
            TestGate.start(
                TestGate.with(TestGate.route("strict", "/strict"), InspectionMode.REFUSE, 100),
                TestGate.with(TestGate.route("lenient", "/lenient"), InspectionMode.OBSERVE, 100),
                TestGate.with(TestGate.route("off", "/off"), InspectionMode.OFF, 100));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        in.readNBytes(
            request.header("content-length").isEmpty()
                ? 0
                : Integer.parseInt(request.header("content-length")));
        return TestUpstream.json(out, "{}");
      });
      String body = " HTTP/1.1\r\n" + HOST + "Content-Length: 6\r\n\r\nattack";
      assertThat(client.get("/strict?attack").status()).isEqualTo(403);
      assertThat(client.send("POST /strict" + body).read().status()).isEqualTo(403);
      assertThat(client.send("POST /lenient" + body).read().status()).isEqualTo(200);
      assertThat(client.get("/off?attack").status()).isEqualTo(200);
      assertThat(gate.exchange(0).outcome())
          .isEqualTo(new Outcome.Refused("inspection", "test-attack"));
      assertThat(gate.exchange(1).findings().getFirst().location()).isEqualTo("body");
      assertThat(gate.exchange(2).findings()).hasSize(1);
      assertThat(gate.exchange(3).findings()).isEmpty();
      assertThat(gate.upstream.requests()).hasSize(2);
    }
  }

  @Test
  void bothSidesKeepTheirConnections() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/**"));
        RawHttp client = gate.client()) {
      for (int i = 0; i < 50; i++) {
        assertThat(client.get("/" + i).status()).isEqualTo(200);
      }
      assertThat(gate.upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/**"));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        int length =
            request.header("content-length").isEmpty()
                ? 0
                : Integer.parseInt(request.header("content-length"));
        String body = new String(in.readNBytes(length), java.nio.charset.StandardCharsets.US_ASCII);
        return TestUpstream.json(out, "\"" + request.path() + body + "\"");
      });
      var all = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        all.append("POST /").append(i).append(" HTTP/1.1\r\n").append(HOST);
        all.append("Content-Length: 2\r\n\r\nab");
      }
      client.send(all.toString());
      for (int i = 0; i < 20; i++) {
        assertThat(client.read().text()).isEqualTo("\"/" + i + "ab\"");
      }
    }
  }

  @Test
  void aClientThatWaitsBeforeItsBodyIsToldToGoOnOnlyWhenItMay() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/all"));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        in.readNBytes(3);
        return TestUpstream.json(out, "{}");
      });
      client.send(
          "POST /all HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(100);
      assertThat(client.send("abc").read().status()).isEqualTo(200);
      assertThat(gate.upstream.requests().getFirst().header("expect")).isEmpty();
      client.send(
          "POST /no HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(404);
      assertThat(client.isClosedByPeer()).isTrue();
    }
  }

  @Test
  void aChunkedBodyBeyondTheLimitIsBrokenOff() throws Exception {
    try (TestGate gate =
            TestGate.start(TestGate.with(TestGate.route("all", "/**"), InspectionMode.OFF, 1_000));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        in.readAllBytes();
        return false;
      });
      client.send("POST /x HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      client.send("3e8\r\n" + "x".repeat(1_000) + "\r\n").send("1\r\nx\r\n");
      assertThat(client.read().status()).isEqualTo(413);
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("body-too-large"));
    }
  }

  @Test
  void aChunkedBodyArrivesWithoutItsExtensionsAndTrailers() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/**"));
        RawHttp client = gate.client()) {
      var seen = new java.util.concurrent.CompletableFuture<String>();
      gate.upstream.behave((request, in, out) -> {
        seen.complete(
            request.header("transfer-encoding")
                + "|"
                + new String(in.readNBytes(13), java.nio.charset.StandardCharsets.US_ASCII));
        return TestUpstream.json(out, "{}");
      });
      client.send(
          "POST /x HTTP/1.1\r\n"
              + HOST
              + "Transfer-Encoding: Chunked\r\n\r\n3;ext=1\r\nabc\r\n0\r\nTrailer: 1\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(200);
      assertThat(seen.get()).isEqualTo("chunked|3\r\nabc\r\n0\r\n\r\n");
    }
  }

  @Test
  void aRefusedSmallBodyDoesNotCostTheConnection() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/all"));
        RawHttp client = gate.client()) {
      client.send("POST /no HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc");
      assertThat(client.read().status()).isEqualTo(404);
      assertThat(client.get("/all").status()).isEqualTo(200);
    }
  }

  @Test
  void anOldClientGetsItsAnswerWithoutChunks() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/**"));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        return true;
      });
      RawHttp.Response response = client.send("GET /x HTTP/1.0\r\n\r\n").read();
      assertThat(response.text()).isEqualTo("abc");
      assertThat(response.header("connection")).contains("close");
    }
  }

  @Test
  void headIsAnsweredWithoutABody() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/**"));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
        return true;
      });
      RawHttp.Response response = client.send("HEAD /x HTTP/1.1\r\n" + HOST + "\r\n").head();
      assertThat(response.header("content-length")).contains("500");
      gate.upstream.behave((request, in, out) -> TestUpstream.json(out, "1"));
      assertThat(client.get("/x").text()).isEqualTo("1");
    }
  }

  @Test
  void stoppingLetsTheRequestInFlightFinish() throws Exception {
    var release = new java.util.concurrent.CountDownLatch(1);
    try (TestGate gate = TestGate.start(TestGate.route("all", "/**"));
        RawHttp client = gate.client();
        RawHttp idle = gate.client()) {
      assertThat(idle.get("/x").status()).isEqualTo(200);
      gate.upstream.behave((request, in, out) -> {
        release.await();
        return TestUpstream.json(out, "\"late\"");
      });
      client.send("GET /slow HTTP/1.1\r\n" + HOST + "\r\n");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(gate.upstream.requests()).hasSize(2));
      Thread stopping = Thread.ofVirtual().start(() -> gate.server.stop(Duration.ofSeconds(60)));
      assertThat(idle.isClosedByPeer()).as("between two requests").isTrue();
      release.countDown();
      RawHttp.Response response = client.read();
      assertThat(response.text()).isEqualTo("\"late\"");
      assertThat(response.header("connection")).contains("close");
      assertThat(client.isClosedByPeer()).isTrue();
      stopping.join();
    }
  }

  @Test
  void requestsAreCountedByRouteAndOutcome() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("all", "/all"));
        RawHttp client = gate.client()) {
      client.get("/all");
      client.get("/no");
      assertThat(
              gate.meters
                  .get("portcullis.gate.requests")
                  .tags("route", "all", "outcome", "forwarded")
                  .counter()
                  .count())
          .isEqualTo(1);
      assertThat(
              gate.meters
                  .get("portcullis.gate.requests")
                  .tags("route", "none", "outcome", "refused")
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }
}
