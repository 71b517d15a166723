package dev.portcullis.respond;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gate.blocklist.Restriction.Kind;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentState;
import dev.portcullis.incident.Signals;
import dev.portcullis.incident.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens after a signal, on the real store. */
class ResponderTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final ListedBlocklist gate = new ListedBlocklist();
  private final MemoryJournal journal = new MemoryJournal();
  private final Map<String, Runnable> moments = new ConcurrentHashMap<>();
  private Effects effects;
  private Scene scene;

  @BeforeEach
  void open() {
    effects =
        new Effects(
            directory.resolve("effects"), moment -> moments.getOrDefault(moment, () -> {}).run());
    scene = new Scene(directory, gate, journal, effects.actions());
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void awaitIdle(String incident) throws InterruptedException {
    assertThat(scene.responder.awaitIdle(incident, LONG)).isTrue();
  }

  private List<String> timeline(String incident) {
    return scene.desk.timeline(incident).stream().map(TimelineEntry::text).toList();
  }

  private List<String> states(String incident) {
    return scene.responder.progress(incident).stream()
        .map(step -> step.step() + " " + step.state())
        .toList();
  }

  @Test
  void whenRespondReturnsTheKeyIsRevokedWhileTheOtherStepsStillRun() throws Exception {
    var hold = new CountDownLatch(1);
    moments.put("scope:before", () -> await(hold));

    Incident incident = scene.raise(Scene.enumeration("s1", "key-1", "northside", "127.0.0.66"));

    assertThat(gate.match("key-1", "northside")).isPresent();
    assertThat(gate.match("127.0.0.66", "patients", "GET")).isEmpty();
    assertThat(scene.desk.find("INC-1").orElseThrow().state()).isEqualTo(IncidentState.CONTAINED);
    assertThat(effects.seen()).isEmpty();
    assertThat(scene.responder.awaitIdle("INC-1", Duration.ofMillis(1))).isFalse();

    hold.countDown();
    awaitIdle(incident.id());
    assertThat(effects.seen())
        .containsExactly(
            "INC-1 scope",
            "INC-1 obligations",
            "INC-1 notify",
            "INC-1 restore clinic-database",
            "INC-1 post-mortem");
    assertThat(scene.responder.progress("INC-1"))
        .allSatisfy(step -> {
          assertThat(step.state()).isEqualTo(StepState.DONE);
          assertThat(step.attempts()).isEqualTo(1);
        });
    assertThat(scene.desk.find("INC-1").orElseThrow().state()).isEqualTo(IncidentState.RECOVERED);
    assertThat(timeline("INC-1"))
        .anyMatch(text -> text.startsWith("ORD-1 in force until"))
        .anyMatch(text -> text.startsWith("detected -> contained: credential key-1 revoked"))
        .contains("scope done", "restore clinic-database done");
  }

  @Test
  void answeringTheSameSignalTwiceDoesNothingMore() throws Exception {
    var signal = Scene.enumeration("s1", "key-1", "northside", "127.0.0.66");
    scene.raise(signal);
    awaitIdle("INC-1");
    var timeline = scene.desk.timeline("INC-1");

    scene.raise(signal);
    scene.responder.resume();
    awaitIdle("INC-1");

    assertThat(scene.desk.timeline("INC-1")).isEqualTo(timeline);
    assertThat(effects.seen()).hasSize(5);
  }

  @Test
  void anotherStolenKeyInTheSameIncidentIsRevokedTooAndTheScopeDeterminedAgain() throws Exception {
    for (int n = 0; n < 20; n++) {
      journal.served(Scene.NOON, "k" + n, "account-" + n, "10.0.0.1", "patients", "GET");
    }
    scene.raise(Scene.enumeration("s1", "key-1", "northside", "127.0.0.66"));
    awaitIdle("INC-1");

    scene.raise(Scene.enumeration("s2", "key-2", "southside", "127.0.0.66"));
    awaitIdle("INC-1");

    assertThat(scene.desk.list()).hasSize(1);
    assertThat(gate.match("key-1", "northside")).isPresent();
    assertThat(gate.match("key-2", "southside")).isPresent();
    assertThat(effects.seen()).filteredOn(line -> line.endsWith("scope")).hasSize(2);
    assertThat(effects.seen()).filteredOn(line -> line.endsWith("obligations")).hasSize(2);
    assertThat(effects.seen()).filteredOn(line -> line.endsWith("notify")).hasSize(2);
  }

  @Test
  void anotherSignalOfTheSameKeyNeedsNoOtherOrder() throws Exception {
    scene.raise(Scene.enumeration("s1", "key-1", "northside", "127.0.0.66"));
    scene.raise(Scene.enumeration("s2", "key-1", "northside", "127.0.0.66"));
    awaitIdle("INC-1");

    assertThat(scene.containment.list()).hasSize(1);
    // each step has seen what the second signal brought; how often it ran is the workers' affair
    assertThat(effects.seen().stream().distinct()).hasSize(5);
  }

  @Test
  void withoutAKnownCredentialTheSourceIsBlockedAndItSaysSo() throws Exception {
    scene.raise(Scene.enumeration("s1", "", "", "127.0.0.66"));
    awaitIdle("INC-1");

    assertThat(gate.match("127.0.0.66", "patients", "GET").orElseThrow().kind())
        .isEqualTo(Kind.BLOCK_SOURCE);
    assertThat(timeline("INC-1"))
        .anyMatch(text -> text.contains("The credential is not known, so it is the source."));
  }

  @Test
  void beyondTheBudgetNothingIsOrderedAndAPersonGetsTheCommandOnce() throws Exception {
    for (int n = 0; n < 5; n++) {
      journal.served(Scene.NOON, "k" + n, "account-" + n, "10.0.0.1", "patients", "GET");
    }
    var signal = Signals.signal("s1", "injection", Scene.NOON, "", "", "10.0.0.1", "patients");
    scene.raise(signal);
    scene.raise(Signals.signal("s2", "injection", Scene.NOON, "", "", "10.0.0.1", "patients"));
    scene.responder.resume();
    awaitIdle("INC-1");

    assertThat(scene.containment.list()).isEmpty();
    assertThat(gate.match("10.0.0.1", "patients", "GET")).isEmpty();
    assertThat(scene.desk.find("INC-1").orElseThrow().state()).isEqualTo(IncidentState.DETECTED);
    assertThat(timeline("INC-1"))
        .filteredOn(text -> text.startsWith("needs a person"))
        .singleElement()
        .satisfies(text ->
            assertThat(text)
                .contains("would hit 5 of 5 accounts")
                .endsWith("portcullis contain source 10.0.0.1 --incident INC-1"));
    assertThat(states("INC-1")).containsExactly("contain FAILED");
  }

  @Test
  void aProtectedAccountsKeyIsLeftToAPersonAndTheOtherStepsGoOn() throws Exception {
    scene.raise(Scene.enumeration("s1", "key-h", "hospital", "127.0.0.66"));
    awaitIdle("INC-1");

    assertThat(gate.match("key-h", "hospital")).isEmpty();
    assertThat(timeline("INC-1"))
        .anyMatch(
            text -> text.startsWith("needs a person") && text.contains("Protected: hospital."));
    assertThat(effects.seen()).hasSize(5);
  }

  @Test
  void aFailingStepIsRecordedLaterOnesGoOnAndItIsTriedThreeTimesInAll() throws Exception {
    var failures = new AtomicInteger();
    moments.put(
        "notify:before",
        () -> {
          failures.incrementAndGet();
          throw new IllegalStateException("the mail server is down");
        });
    scene.raise(Scene.enumeration("s1", "key-1", "northside", "127.0.0.66"));
    awaitIdle("INC-1");

    assertThat(states("INC-1"))
        .containsExactly(
            "contain DONE",
            "scope DONE",
            "obligations DONE",
            "notify FAILED",
            "restore DONE",
            "post-mortem DONE");
    assertThat(timeline("INC-1"))
        .contains("notify not done: IllegalStateException: the mail server is down");

    for (int round = 0; round < 4; round++) {
      scene.responder.resume();
      awaitIdle("INC-1");
    }
    assertThat(failures).hasValue(3);
    assertThat(scene.responder.progress("INC-1").get(3).attempts()).isEqualTo(3);
    assertThat(effects.seen()).as("the done ones are not done again").hasSize(4);
    assertThat(scene.metrics.scrape())
        .contains("portcullis_respond_steps_total{outcome=\"failed\",step=\"notify\"} 3.0");
  }

  @Test
  void aFailedStepThatSucceedsLaterIsDone() throws Exception {
    var left = new AtomicInteger(1);
    moments.put(
        "notify:before",
        () -> {
          if (left.getAndDecrement() > 0) {
            throw new IllegalStateException("the mail server is down");
          }
        });
    scene.raise(Scene.enumeration("s1", "key-1", "northside", "127.0.0.66"));
    awaitIdle("INC-1");
    scene.responder.resume();
    awaitIdle("INC-1");

    assertThat(states("INC-1")).contains("notify DONE");
    assertThat(effects.seen()).hasSize(5);
  }

  @Test
  void atMostEightPlaybooksRunAtOnceAndTheOthersWaitTheirTurn() throws Exception {
    var hold = new CountDownLatch(1);
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    moments.put(
        "scope:before",
        () -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          await(hold);
          inside.decrementAndGet();
        });
    for (int n = 0; n < 12; n++) {
      scene.raise(Scene.enumeration("s" + n, "key-" + n, "a" + n, "10.0.1." + n));
    }
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(inside).hasValue(Responder.MAX_INCIDENTS));
    hold.countDown();

    for (int n = 1; n <= 12; n++) {
      awaitIdle("INC-" + n);
    }
    assertThat(most).hasValue(Responder.MAX_INCIDENTS);
    assertThat(effects.seen()).hasSize(12 * 5);
  }

  @Test
  void aDismissedIncidentsPlaybookStops() throws Exception {
    var hold = new CountDownLatch(1);
    var reached = new CountDownLatch(1);
    moments.put(
        "scope:after",
        () -> {
          reached.countDown();
          await(hold);
        });
    scene.raise(Scene.enumeration("s1", "key-1", "northside", "127.0.0.66"));
    await(reached);
    scene.desk.close("INC-1", "alice", "our own test");
    hold.countDown();
    awaitIdle("INC-1");

    assertThat(effects.seen()).containsExactly("INC-1 scope");
    assertThat(timeline("INC-1")).contains("notify not done: left out: the incident is closed");
    scene.responder.resume();
    awaitIdle("INC-1");
    assertThat(effects.seen()).hasSize(1);
  }

  @Test
  void aSignalWithoutAPlaybookIsLeftToAPerson() {
    scene.raise(Signals.signal("s1", "credential-stuffing", Scene.NOON, "", "", "10.0.0.1", ""));

    assertThat(timeline("INC-1"))
        .contains("No playbook is for credential-stuffing: needs a person");
    assertThat(scene.responder.progress("INC-1")).isEmpty();
  }

  @Test
  void anIncidentThatGrowsGetsTheStepsOfTheOtherPlaybookToo() throws Exception {
    scene.raise(Signals.signal("s1", "injection", Scene.NOON, "", "", "127.0.0.66", "patients"));
    scene.raise(Scene.enumeration("s2", "key-1", "northside", "127.0.0.66"));
    awaitIdle("INC-1");

    assertThat(gate.match("127.0.0.66", "patients", "GET")).isPresent();
    assertThat(gate.match("key-1", "northside")).isPresent();
    assertThat(effects.seen()).hasSize(5);
    assertThat(states("INC-1")).hasSize(7).allMatch(state -> state.endsWith("DONE"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
