package dev.portcullis.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.portcullis.config.DataSettings;
import dev.portcullis.config.GateLimits;
import dev.portcullis.config.InspectionMode;
import dev.portcullis.config.RecordingSettings;
import dev.portcullis.config.RecordingSettings.Release;
import dev.portcullis.config.RecordingSettings.WhenFull;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.journal.Journal;
import dev.portcullis.journal.Observation;
import dev.portcullis.journal.Outcome;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing personal leaves unrecorded, and what is recorded is exactly what left. */
class RecordingTest {
  private static final DataSettings PATIENTS =
      new DataSettings(
          Optional.of("id"),
          List.of("$.items[*].patient", "$.contact.person"),
          Map.of("diagnosis", List.of("$.items[*].icd"), "address", List.of("$.contact.street")));

  private static RouteSettings patients() {
    return TestGate.with(TestGate.route("patient", "/patients/{id}"), PATIENTS);
  }

  private static RouteSettings recording(Release release, WhenFull whenFull) {
    return TestGate.with(TestGate.route("all", "/**"), new RecordingSettings(release, whenFull));
  }

  @Test
  void theExchangeNamesSubjectsAndClassesAndNobodyInClear() throws Exception {
    try (TestGate gate = TestGate.start(patients());
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) ->
          TestUpstream.json(
              out,
              "{\"items\":[{\"patient\":\"p-2\",\"icd\":\"J10\"},{\"patient\":3,\"icd\":null}],"
                  + "\"contact\":{\"street\":null}}"));
      client.get("/patients/p-1", "Accept-Encoding: gzip", "Range: bytes=0-5");
      var exchange = gate.exchange();
      assertThat(exchange.subjects())
          .containsExactlyInAnyOrder(
              TestGate.pseudonym("p-1"), TestGate.pseudonym("p-2"), TestGate.pseudonym("3"));
      assertThat(exchange.dataClasses()).containsExactly("diagnosis");
      assertThat(exchange.observation()).isEqualTo(Observation.COMPLETE);
      assertThat(exchange.path()).isEqualTo("/patients/" + TestGate.pseudonym("p-1"));
      TestUpstream.Request seen = gate.upstream.requests().getFirst();
      assertThat(seen.header("accept-encoding")).isEqualTo("gzip");
      assertThat(seen.header("range")).isEmpty();
    }
  }

  @Test
  void aRefusedRequestNamesNobodyInClearEither() throws Exception {
    try (TestGate gate = TestGate.start(patients());
        RawHttp client = gate.client();
        RawHttp other = gate.client()) {
      client.send("DELETE /patients/p-1 HTTP/1.1\r\nHost: api\r\n\r\n").read();
      client.send("GET /patients/p-1 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").read();
      other.send("GET /x/..%2f/patients//%70-1;a HTTP/1.1\r\nHost: a\r\n\r\n").read();
      for (int i = 0; i < 3; i++) {
        assertThat(gate.exchange(i).path()).isEqualTo("/patients/" + TestGate.pseudonym("p-1"));
      }
    }
  }

  @Test
  void aPathThatMissesItsRouteNamesNobodyInClearEither() throws Exception {
    var rest = TestGate.route("rest", "/**");
    for (List<RouteSettings> routes : List.of(List.of(patients()), List.of(patients(), rest))) {
      try (TestGate gate = TestGate.start(routes.toArray(RouteSettings[]::new));
          RawHttp client = gate.client();
          RawHttp other = gate.client()) {
        client.get("/patients/jane%20doe/labz?x=1");
        other.send("GET /patients/jane%20doe//labz HTTP/1.1\r\nHost: a\r\n\r\n").read();
        for (int i = 0; i < 2; i++) {
          assertThat(gate.exchange(i).path())
              .isEqualTo("/patients/" + TestGate.pseudonym("jane doe") + "/labz");
        }
      }
    }
  }

  @Test
  void aQueryIsNotRecordedInAnyForm() throws Exception {
    try (TestGate gate = TestGate.start(patients());
        RawHttp one = gate.client();
        RawHttp two = gate.client();
        RawHttp three = gate.client()) {
      one.send("GET http://api/x?born=1970 HTTP/1.1\r\nHost: api\r\n\r\n").read();
      two.send("GET http://api/a/../x?born=1970 HTTP/1.1\r\nHost: api\r\n\r\n").read();
      three.send("GET http://other/x?born=1970 HTTP/1.1\r\nHost: api\r\n\r\n").read();
      assertThat(gate.exchange(0).path()).isEqualTo("/x");
      assertThat(gate.exchange(1).path()).isEqualTo("http://api/a/../x");
      assertThat(gate.exchange(2).path()).isEqualTo("http://other/x");
    }
  }

  @Test
  void whatLeftBeforeTheRequestBrokeStaysInTheRecord() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.with(patients(), InspectionMode.OFF, 1 << 20));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out,
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n"
                + "{\"items\":[{\"patient\":\"p-2\"}],\"filler\":\""
                + "x".repeat(200_000));
        return true;
      });
      client.send(
          "POST /patients/p-1 HTTP/1.1\r\n"
              + "Host: api\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "1\r\n"
              + "a\r\n");
      assertThat(client.head().status()).isEqualTo(200);
      assertThat(client.exactly(100_000)).hasSize(100_000);
      client.send("no chunk\r\n");
      var exchange = gate.exchange();
      assertThat(exchange.outcome()).as("refused nothing").isInstanceOf(Outcome.Failed.class);
      assertThat(exchange.status()).isEqualTo(200);
      assertThat(exchange.responseBytes()).isGreaterThanOrEqualTo(100_000);
      assertThat(exchange.subjects())
          .contains(TestGate.pseudonym("p-1"), TestGate.pseudonym("p-2"));
    }
  }

  @Test
  void aRequestThatBreaksAfterTheApiGotSomeOfItIsNotCalledRefused() throws Exception {
    try (TestGate gate =
            TestGate.start(
                TestGate.with(TestGate.route("all", "/**"), InspectionMode.OFF, 1 << 20));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> in.readAllBytes().length < 0);
      client.send("POST /x HTTP/1.1\r\nHost: api\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
      await().atMost(Duration.ofSeconds(60)).until(() -> gate.upstream.requests().size() == 1);
      client.send("no chunk\r\n");
      assertThat(client.read().status()).isEqualTo(400);
      assertThat(gate.exchange().outcome()).isInstanceOf(Outcome.Failed.class);
    }
  }

  @Test
  void aResponseThatFailsNamesNoSubjectUnlessItCarriesOne() throws Exception {
    try (TestGate gate = TestGate.start(patients());
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out,
            "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n"
                + "{\"items\":[]}");
        return true;
      });
      assertThat(client.get("/patients/p-1").status()).isEqualTo(404);
      assertThat(gate.exchange().subjects()).isEmpty();
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Forwarded());
    }
  }

  @Test
  void whatCouldNotBeReadIsSaid() throws Exception {
    try (TestGate gate = TestGate.start(patients());
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> {
        TestUpstream.write(
            out,
            request.path().endsWith("html")
                ? "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>"
                : request.path().endsWith("gzip")
                    ? "HTTP/1.1 200 OK\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Encoding: gzip\r\n"
                        + "Content-Length: 3\r\n\r\n"
                        + "abc"
                    : "HTTP/1.1 200 OK\r\n"
                        + "Content-Type: application/json\r\n"
                        + "Content-Length: 5\r\n\r\n"
                        + "{} {}");
        return true;
      });
      client.get("/patients/html");
      client.get("/patients/gzip");
      client.get("/patients/two");
      assertThat(gate.exchange(0).observation()).isEqualTo(Observation.UNREADABLE);
      assertThat(gate.exchange(1).observation()).isEqualTo(Observation.UNREADABLE);
      assertThat(gate.exchange(2).observation()).isEqualTo(Observation.PARTIAL);
    }
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void theLastBytesWaitForTheRecord(Release release) throws Exception {
    try (TestGate gate = TestGate.start(recording(release, WhenFull.REFUSE));
        RawHttp client = gate.client()) {
      gate.journal.hold();
      client.send("GET /x HTTP/1.1\r\nHost: api\r\n\r\n");
      await().atMost(Duration.ofSeconds(60)).until(() -> gate.journal.appended() == 1);
      client.socket().setSoTimeout(200);
      assertThatThrownBy(client::head).isInstanceOf(SocketTimeoutException.class);
      client.socket().setSoTimeout(60_000);
      gate.journal.goOn();
      assertThat(client.read().text()).isEqualTo("{}");
      assertThat(gate.journal.lastDurability())
          .isEqualTo(
              release == Release.BEFORE_RESPONSE
                  ? Journal.Durability.SYNCED
                  : Journal.Durability.WRITTEN);
    }
  }

  @Test
  void aLongResponseStreamsUpToItsLastPart() throws Exception {
    int length = 500_000;
    try (TestGate gate = TestGate.start(recording(Release.FLUSH_INTERVAL, WhenFull.REFUSE));
        RawHttp client = gate.client()) {
      gate.journal.hold();
      gate.upstream.behave((request, in, out) -> TestUpstream.json(out, "x".repeat(length)));
      client.send("GET /x HTTP/1.1\r\nHost: api\r\n\r\n");
      await().atMost(Duration.ofSeconds(60)).until(() -> gate.journal.appended() == 1);
      assertThat(client.head().status()).isEqualTo(200);
      client.socket().setSoTimeout(200);
      int before = readUntilSilent(client);
      assertThat(before).isBetween(length / 2, length - 1);
      client.socket().setSoTimeout(60_000);
      gate.journal.goOn();
      assertThat(client.exactly(length - before)).hasSize(length - before);
    }
  }

  private static int readUntilSilent(RawHttp client) throws IOException {
    int read = 0;
    try {
      while (client.in().read() >= 0) {
        read++;
      }
    } catch (SocketTimeoutException silent) {
      return read;
    }
    return read;
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void aFullJournalRefusesWhereTheRouteSaysSo(Release release) throws Exception {
    try (TestGate gate = TestGate.start(recording(release, WhenFull.REFUSE));
        RawHttp client = gate.client()) {
      gate.journal.lose("journal-full");
      RawHttp.Response response = client.get("/x");
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.text()).doesNotContain("journal");
      gate.journal.fail("journal-full");
      assertThat(client.get("/y").status()).isEqualTo(503);
      assertThat(gate.upstream.requests()).as("not even asked").hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Release.class)
  void aFullJournalGoesOnUnrecordedWhereTheRouteSaysSo(Release release) throws Exception {
    try (TestGate gate = TestGate.start(recording(release, WhenFull.CONTINUE));
        RawHttp client = gate.client()) {
      gate.journal.lose("journal-full");
      gate.journal.fail("journal-full");
      assertThat(client.get("/x").text()).isEqualTo("{}");
      assertThat(gate.meters.get("portcullis.gate.unrecorded").counter().count()).isEqualTo(1);
    }
  }

  @Test
  void aResponseThatHasBegunIsBrokenOffWhenItCannotBeRecorded() throws Exception {
    try (TestGate gate = TestGate.start(recording(Release.FLUSH_INTERVAL, WhenFull.REFUSE));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) -> TestUpstream.json(out, "x".repeat(500_000)));
      gate.journal.lose("disk-full");
      client.send("GET /x HTTP/1.1\r\nHost: api\r\n\r\n");
      assertThatThrownBy(client::read).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRefusalIsSentEvenIfItCannotBeRecorded() throws Exception {
    try (TestGate gate = TestGate.start(TestGate.route("one", "/one"));
        RawHttp client = gate.client()) {
      gate.journal.lose("disk-full");
      assertThat(client.get("/other").status()).isEqualTo(404);
    }
  }

  @Test
  void aResponseTooLongToBeHeldIsNotLetOut() throws Exception {
    try (TestGate gate = TestGate.start(recording(Release.BEFORE_RESPONSE, WhenFull.REFUSE));
        RawHttp client = gate.client()) {
      gate.upstream.behave((request, in, out) ->
          TestUpstream.json(out, "x".repeat(GateLimits.DEFAULT.observedBody() + 1)));
      assertThat(client.get("/x").status()).isEqualTo(502);
      assertThat(gate.exchange().outcome()).isEqualTo(new Outcome.Failed("response-too-large"));
      gate.upstream.behave((request, in, out) ->
          TestUpstream.json(out, "x".repeat(GateLimits.DEFAULT.observedBody())));
      assertThat(client.get("/x").status()).isEqualTo(200);
    }
  }
}
