package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.InspectionMode;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.gate.blocklist.Restriction;
import dev.portcullis.gate.blocklist.Restriction.Kind;
import dev.portcullis.journal.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order is obeyed by the next request, and by the answer that is under way. */
class ContainmentTest {
  private static RouteSettings things() {
    return TestGate.guarded(
        TestGate.route("things", "/things"), Map.of("GET", Set.of("read"), "PUT", Set.of()));
  }

  private static final String GET =
      "GET /things HTTP/1.1\r\nHost: api\r\n" + TestGate.KEY + "\r\n\r\n";

  @ParameterizedTest
  @CsvSource({
    "REVOKE_CREDENTIAL, key-1, 401, key-revoked",
    "SUSPEND_ACCOUNT, alice, 401, account-suspended",
    "BLOCK_SOURCE, 127.0.0.1, 403, source-blocked",
    "BLOCK_SOURCE, 127.0.0.0/8, 403, source-blocked",
    "CLOSE_ROUTE, things, 403, route-closed",
  })
  void theNextRequestIsRefused(Kind kind, String target, int status, String reason)
      throws Exception {
    try (TestGate gate = TestGate.start(things());
        RawHttp client = gate.client()) {
      assertThat(client.send(GET).read().status()).isEqualTo(200);
      gate.blocklist.replace(List.of(new Restriction("ORD-1", kind, target)));
      RawHttp.Response refused = client.send(GET).read();
      assertThat(refused.status()).isEqualTo(status);
      assertThat(refused.text()).doesNotContain("ORD-1").doesNotContain(reason);
      assertThat(refused.header("www-authenticate").isPresent()).isEqualTo(status == 401);
      gate.blocklist.replace(List.of());
      assertThat(client.send(GET).read().status()).isEqualTo(200);
      assertThat(gate.exchange(1).outcome())
          .isEqualTo(new Outcome.Refused("containment", reason + ":ORD-1"));
      assertThat(gate.upstream.requests()).hasSize(2);
    }
  }

  @Test
  void aRouteThatRequiresAuthenticationLetsThroughWhoHasACredential() throws Exception {
    try (TestGate gate = TestGate.start(things());
        RawHttp client = gate.client()) {
      gate.blocklist.replace(
          List.of(new Restriction("ORD-3", Kind.REQUIRE_AUTHENTICATION, "things")));
      assertThat(client.send(GET).read().status()).isEqualTo(200);
    }
    try (TestGate gate = TestGate.start(TestGate.route("things", "/things"));
        RawHttp client = gate.client()) {
      String anonymous = "GET /things HTTP/1.1\r\nHost: api\r\n\r\n";
      assertThat(client.send(anonymous).read().status()).isEqualTo(200);
      gate.blocklist.replace(
          List.of(new Restriction("ORD-3", Kind.REQUIRE_AUTHENTICATION, "things")));
      assertThat(client.send(anonymous).read().status()).isEqualTo(403);
      assertThat(gate.exchange(1).outcome())
          .isEqualTo(new Outcome.Refused("containment", "authentication-required:ORD-3"));
    }
  }

  @Test
  void aReadOnlyRouteStillReads() throws Exception {
    try (TestGate gate = TestGate.start(things());
        RawHttp client = gate.client()) {
      gate.blocklist.replace(List.of(new Restriction("ORD-2", Kind.READ_ONLY_ROUTE, "things")));
      assertThat(client.send(GET).read().status()).isEqualTo(200);
      assertThat(client.send(GET.replace("GET", "PUT")).read().status()).isEqualTo(403);
    }
  }

  @Test
  void noAnswerLeavesThatTheApiGivesAfterTheOrder() throws Exception {
    var ordered = new CountDownLatch(1);
    try (TestGate gate = TestGate.start(things());
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        ordered.await();
        return TestUpstream.json(out, "\"secret\"");
      });
      client.send(GET);
      await().atMost(Duration.ofSeconds(60)).until(() -> gate.upstream.requests().size() == 1);
      gate.blocklist.replace(List.of(new Restriction("ORD-1", Kind.REVOKE_CREDENTIAL, "key-1")));
      ordered.countDown();
      RawHttp.Response response = client.read();
      assertThat(response.status()).isEqualTo(401);
      assertThat(response.text()).doesNotContain("secret");
      assertThat(gate.exchange().outcome())
          .isEqualTo(new Outcome.Refused("containment", "key-revoked:ORD-1"));
    }
  }

  private static final List<Restriction> REVOKED =
      List.of(new Restriction("ORD-1", Kind.REVOKE_CREDENTIAL, "key-1"));

  @Test
  void norDoesARequestReachTheApiThatWaitedForItsBody() throws Exception {
    try (TestGate gate = TestGate.start(things());
        RawHttp client = gate.client()) {
      client.send(
          "PUT /things HTTP/1.1\r\nHost: api\r\n"
              + TestGate.KEY
              + "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.head().status()).as("passed all controls").isEqualTo(100);
      gate.blocklist.replace(REVOKED);
      client.send("hello");
      assertThat(client.read().status()).isEqualTo(401);
      assertThat(gate.upstream.requests()).isEmpty();
      assertThat(gate.exchange().outcome())
          .isEqualTo(new Outcome.Refused("containment", "key-revoked:ORD-1"));
    }
  }

  @Test
  void norDoesTheRestOfABodyThatStreams() throws Exception {
    var received = new StringBuffer();
    try (TestGate gate = TestGate.start(TestGate.with(things(), InspectionMode.OFF, 1 << 20));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        for (int c = in.read(); c >= 0; c = in.read()) {
          received.append((char) c);
        }
        return false;
      });
      client.send(
          "PUT /things HTTP/1.1\r\nHost: api\r\n"
              + TestGate.KEY
              + "\r\nContent-Length: 10\r\n\r\nfirst");
      await().atMost(Duration.ofSeconds(60)).until(() -> received.toString().equals("first"));
      gate.blocklist.replace(REVOKED);
      client.send("later");
      assertThat(client.read().status()).isEqualTo(401);
      assertThat(received.toString()).isEqualTo("first");
      assertThat(gate.exchange().outcome())
          .as("the API may have acted upon what it got")
          .isEqualTo(new Outcome.Failed("key-revoked:ORD-1"));
    }
  }

  @Test
  void norDoesMoreOfAnAnswerLeaveThatStreams() throws Exception {
    var ordered = new CountDownLatch(1);
    try (TestGate gate = TestGate.start(things());
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out, "HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + "x".repeat(200_000));
        ordered.await();
        TestUpstream.write(out, "y".repeat(300_000));
        return true;
      });
      client.send(GET);
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(client.exactly(100_000)).hasSize(100_000);
      gate.blocklist.replace(REVOKED);
      ordered.countDown();
      assertThat(untilItEnds(client)).doesNotContain("y");
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("key-revoked:ORD-1"));
      assertThat(gate.exchange().responseBytes()).isBetween(100_000L, 200_000L);
    }
  }

  private static String untilItEnds(RawHttp client) {
    var rest = new StringBuilder();
    try {
      for (int c = client.in().read(); c >= 0; c = client.in().read()) {
        rest.append((char) c);
      }
    } catch (IOException brokenOff) {
      return rest.toString();
    }
    return rest.toString();
  }

  @Test
  void norOneThatWaitsForItsRecord() throws Exception {
    try (TestGate gate = TestGate.start(things());
        RawHttp client = gate.client()) {
      gate.journal.hold();
      client.send(GET);
      await().atMost(Duration.ofSeconds(60)).until(() -> gate.journal.appended() == 1);
      gate.blocklist.replace(List.of(new Restriction("ORD-1", Kind.SUSPEND_ACCOUNT, "alice")));
      gate.journal.goOn();
      assertThat(client.read().status()).isEqualTo(401);
      assertThat(gate.exchange(1).outcome())
          .isEqualTo(new Outcome.Refused("containment", "account-suspended:ORD-1"));
    }
  }
}
