package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.journal.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that is down, slow, hangs up midway, or talks nonsense. */
class UpstreamTest {
  private static final String GET = "GET /x HTTP/1.1\r\nHost: api\r\n\r\n";

  @Test
  void oneThatIsDownIsABadGateway() throws Exception {
    try (TestGate gate = new TestGate.Builder().deadUpstream().start();
        RawHttp client = gate.client()) {
      RawHttp.Response response = client.get("/x");
      assertThat(response.status()).isEqualTo(502);
      assertThat(response.text()).doesNotContain("127.0.0.1");
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("upstream-refused"));
      assertThat(client.get("/x").status()).as("the connection is kept").isEqualTo(502);
    }
  }

  @Test
  void oneThatIsSlowIsAGatewayTimeout() throws Exception {
    var never = new CountDownLatch(1);
    try (TestGate gate = new TestGate.Builder().responseTimeout(Duration.ofMillis(100)).start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        never.await();
        return false;
      });
      assertThat(client.get("/x").status()).isEqualTo(504);
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("upstream-timeout"));
    }
  }

  @Test
  void oneThatHangsUpBeforeItsHeadIsABadGateway() throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-");
        return false;
      });
      assertThat(client.get("/x").status()).isEqualTo(502);
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("upstream-closed"));
    }
  }

  @Test
  void oneThatHangsUpMidwayIsNoticedByTheClient() throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(300_000));
        return false;
      });
      client.send(GET);
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
      var exchange = gate.exchange();
      assertThat(exchange.outcome()).isEqualTo(new Outcome.Failed("upstream-closed"));
      assertThat(exchange.responseBytes()).isEqualTo(300_000);
      assertThat(exchange.status()).isEqualTo(200);
    }
  }

  @Test
  void aChunkedOneWithoutItsEndIsNoticedToo() throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n30d40\r\n"
                + "x".repeat(200_000)
                + "\r\n");
        return false;
      });
      client.send(GET);
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("upstream-closed"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 999 OK\r\n\r\n",
        "HTTP/2 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX : a\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
      })
  void nonsenseIsABadGateway(String nonsense) throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(out, nonsense);
        return true;
      });
      assertThat(client.get("/x").status()).isEqualTo(502);
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("upstream-malformed"));
    }
  }

  @Test
  void interimAnswersAreNotMistakenForTheAnswer() throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n");
        return TestUpstream.json(out, "{}");
      });
      assertThat(client.get("/x").text()).isEqualTo("{}");
    }
  }

  @Test
  void anAnswerNobodyAskedForNeverReachesTheNextClient() throws Exception {
    try (TestGate gate = new TestGate.Builder().connections(2).start();
        RawHttp client = gate.client()) {
      var answers = new AtomicInteger();
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.json(out, "\"" + answers.incrementAndGet() + "\"");
        if (answers.get() == 1) {
          TestUpstream.json(out, "\"poison\"");
        }
        return true;
      });
      assertThat(client.get("/1").text()).isEqualTo("\"1\"");
      for (int i = 2; i < 10; i++) {
        RawHttp.Response response = client.get("/" + i);
        assertThat(response.text()).doesNotContain("poison");
      }
    }
  }

  @Test
  void aConnectionThatWasClosedMeanwhileIsReplacedWithoutTheClientNoticing() throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      var first = new AtomicInteger();
      // Closes the kept connection instead of answering its second request.
      gate.upstream.behave(
          (request, in, out) -> first.incrementAndGet() != 2 && TestUpstream.json(out, "{}"));
      assertThat(client.get("/1").status()).isEqualTo(200);
      assertThat(client.get("/2").status()).as("sent again, once").isEqualTo(200);
      assertThat(gate.upstream.connections()).isEqualTo(2);
      assertThat(gate.journal.exchanges()).hasSize(2);
    }
  }

  @Test
  void aRequestThatMayHaveBeenActedUponIsNotRepeated() throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      var count = new AtomicInteger();
      gate.upstream.behave(
          (request, in, out) -> count.incrementAndGet() != 2 && TestUpstream.json(out, "{}"));
      assertThat(client.get("/1").status()).isEqualTo(200);
      client.send("POST /2 HTTP/1.1\r\nHost: api\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(502);
      assertThat(gate.upstream.requests()).hasSize(2);
    }
  }

  @Test
  void whenTheClientGoesTheApiIsToldByTheEndOfTheConnection() throws Exception {
    var noticed = new CompletableFuture<Boolean>();
    try (TestGate gate = new TestGate.Builder().start()) {
      gate.upstream.behave((request, in, out) -> {
        int end;
        try {
          end = in.read();
        } catch (IOException reset) {
          end = -1;
        }
        noticed.complete(end < 0);
        return false;
      });
      RawHttp client = gate.client().send(GET);
      await().atMost(Duration.ofSeconds(60)).until(() -> gate.upstream.requests().size() == 1);
      client.close();
      assertThat(noticed.get(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("client-closed"));
      assertThat(gate.exchange().status()).isZero();
    }
  }

  @Test
  void moreRequestsThanConnectionsWaitTheirTurn() throws Exception {
    var together = new AtomicInteger();
    var most = new AtomicInteger();
    try (TestGate gate = new TestGate.Builder().connections(2).start()) {
      gate.upstream.behave((request, in, out) -> {
        most.accumulateAndGet(together.incrementAndGet(), Math::max);
        together.decrementAndGet();
        return TestUpstream.json(out, "{}");
      });
      List<RawHttp> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(gate.client().send(GET));
      }
      for (RawHttp client : clients) {
        assertThat(client.read().status()).isEqualTo(200);
        client.close();
      }
      assertThat(most.get()).isLessThanOrEqualTo(2);
      assertThat(gate.upstream.connections()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void anAnswerThatComesBeforeTheRequestIsWholeIsPassedOn() throws Exception {
    try (TestGate gate = new TestGate.Builder().start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(out, "HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\nno");
        return true;
      });
      client.send(
          "POST /x HTTP/1.1\r\nHost: api\r\nContent-Length: 500000\r\n\r\n" + "x".repeat(70_000));
      RawHttp.Response response = client.read();
      assertThat(response.status()).isEqualTo(409);
      assertThat(response.header("connection")).contains("close");
    }
  }
}
