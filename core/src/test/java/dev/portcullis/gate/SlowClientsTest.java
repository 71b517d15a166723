package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.GateLimits;
import dev.portcullis.journal.Outcome;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients that are slow, idle or too many do not hold the gate's memory for ever. */
class SlowClientsTest {
  private static GateLimits limits(Duration header, Duration body, Duration idle, int connections) {
    GateLimits usual = GateLimits.DEFAULT;
    return new GateLimits(
        usual.requestLine(),
        usual.headers(),
        header,
        body,
        idle,
        connections,
        usual.observedBody(),
        usual.inspectedBody(),
        usual.limitedKeys());
  }

  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofMinutes(5);

  private static double hits(TestGate gate, String limit) {
    return gate.meters.get("portcullis.gate.limits").tag("limit", limit).counter().count();
  }

  @Test
  void aHeadThatDoesNotComeIsNotWaitedFor() throws Exception {
    try (TestGate gate = new TestGate.Builder().limits(limits(SHORT, LONG, LONG, 10)).start();
        RawHttp half = gate.client();
        RawHttp silent = gate.client()) {
      half.send("GET /slow?attack HTTP/1.1\r\nHost: ap");
      assertThat(half.read().status()).isEqualTo(408);
      assertThat(half.isClosedByPeer()).isTrue();
      assertThat(silent.isClosedByPeer()).isTrue();
      var exchange = gate.exchange();
      assertThat(exchange.outcome()).isEqualTo(new Outcome.Refused("http", "header-timeout"));
      assertThat(exchange.path()).isEqualTo("/slow");
      assertThat(exchange.findings()).hasSize(1);
      assertThat(hits(gate, "header-timeout")).isEqualTo(2);
    }
  }

  @Test
  void aBodyThatStopsIsNotWaitedFor() throws Exception {
    try (TestGate gate = new TestGate.Builder().limits(limits(LONG, SHORT, LONG, 10)).start();
        RawHttp client = gate.client()) {
      client.send("POST /x HTTP/1.1\r\nHost: api\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(client.read().status()).isEqualTo(408);
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Refused("http", "body-timeout"));
      assertThat(hits(gate, "body-timeout")).isEqualTo(1);
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (TestGate gate = new TestGate.Builder().limits(limits(LONG, LONG, SHORT, 10)).start();
        RawHttp client = gate.client()) {
      assertThat(client.get("/x").status()).isEqualTo(200);
      assertThat(client.isClosedByPeer()).isTrue();
      assertThat(hits(gate, "idle-timeout")).isEqualTo(1);
    }
  }

  @Test
  void aReaderThatStopsIsBrokenOff() throws Exception {
    try (TestGate gate =
            new TestGate.Builder().limits(limits(LONG, Duration.ofMillis(300), LONG, 10)).start();
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < 95; i++) {
          out.write(block);
        }
        return false;
      });
      client.send("GET /x HTTP/1.1\r\nHost: api\r\n\r\n");
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("write-timeout"));
    }
  }

  private static final int ASKED = 1_000;
  private static final int ANSWER = 100_000;

  private static void askWithoutReading(TestGate gate, RawHttp client) throws Exception {
    gate.upstream.behave((request, in, out) -> TestUpstream.json(out, "x".repeat(ANSWER)));
    client.send("GET /x HTTP/1.1\r\nHost: api\r\n\r\n".repeat(ASKED));
  }

  @Test
  void whoAsksOnWithoutReadingTheAnswersWaits() throws Exception {
    try (TestGate gate = new TestGate.Builder().limits(limits(LONG, LONG, LONG, 10)).start();
        RawHttp client = gate.client()) {
      askWithoutReading(gate, client);
      var before = new AtomicInteger(-1);
      var same = new AtomicInteger();
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> {
            int now = gate.upstream.requests().size();
            same.set(now > 0 && now == before.getAndSet(now) ? same.get() + 1 : 0);
            return same.get() >= 20;
          });
      assertThat(before.get()).as("what fits into the sockets").isLessThan(ASKED / 2);
      for (int i = 0; i < ASKED; i++) {
        assertThat(client.read().body()).hasSize(ANSWER);
      }
    }
  }

  @Test
  void andIsLetGoIfNothingIsReadForTooLong() throws Exception {
    try (TestGate gate =
            new TestGate.Builder().limits(limits(LONG, LONG, Duration.ofMillis(300), 10)).start();
        RawHttp client = gate.client()) {
      askWithoutReading(gate, client);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> hits(gate, "idle-timeout") == 1);
      assertThat(gate.upstream.requests()).hasSizeLessThan(ASKED / 2);
    }
  }

  @Test
  void moreConnectionsThanAllowedAreTurnedAway() throws Exception {
    try (TestGate gate = new TestGate.Builder().limits(limits(LONG, LONG, LONG, 2)).start();
        RawHttp one = gate.client();
        RawHttp two = gate.client()) {
      assertThat(one.get("/1").status()).isEqualTo(200);
      assertThat(two.get("/2").status()).isEqualTo(200);
      try (RawHttp three = gate.client()) {
        assertThat(three.isClosedByPeer()).isTrue();
      }
      assertThat(hits(gate, "connections")).isEqualTo(1);
      two.close();
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(() -> {
            try (RawHttp four = gate.client()) {
              assertThat(four.get("/4").status()).isEqualTo(200);
            }
          });
    }
  }
}
