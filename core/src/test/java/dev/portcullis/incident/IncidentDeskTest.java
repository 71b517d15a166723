package dev.portcullis.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.detect.Severity;
import dev.portcullis.detect.Signal;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of incidents, on the real store. */
class IncidentDeskTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @TempDir Path directory;
  private Store store;
  private StoredIncidentDesk desk;

  @BeforeEach
  void open() {
    store = Store.open(directory);
    desk = new StoredIncidentDesk(store, new SettableClock(NOON.plusSeconds(1)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Signal enumeration(String id, String credential, String source) {
    return Signals.signal(
        id, "object-enumeration", NOON, credential, "northside", source, "patients");
  }

  @Test
  void aFirstSignalOpensAnIncidentThatSaysInPlainWordsWhatHappened() {
    var accepted = desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));

    assertThat(accepted.opened()).isTrue();
    assertThat(accepted.added()).isTrue();
    assertThat(accepted.incident().id()).isEqualTo("INC-1");
    assertThat(accepted.incident().title())
        .isEqualTo(
            "Object enumeration with credential key-ab12 (account northside) from 127.0.0.66");
    assertThat(accepted.incident().state()).isEqualTo(IncidentState.DETECTED);
    assertThat(accepted.incident().detectedAt()).isEqualTo(NOON);
    assertThat(accepted.incident().openedAt()).isEqualTo(NOON.plusSeconds(1));
    assertThat(desk.timeline("INC-1"))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.sequence()).isEqualTo(1);
          assertThat(line.kind()).isEqualTo("signal");
          assertThat(line.text()).contains("20 distinct data subjects");
        });
    assertThat(desk.signals("INC-1")).containsExactly(enumeration("s1", "key-ab12", "127.0.0.66"));
  }

  @Test
  void theSameSignalTwiceChangesNothing() {
    Signal signal = enumeration("s1", "key-ab12", "127.0.0.66");
    var first = desk.accept(signal);
    var second = desk.accept(signal);

    assertThat(second.added()).isFalse();
    assertThat(second.opened()).isFalse();
    assertThat(second.incident()).isEqualTo(first.incident());
    assertThat(desk.timeline("INC-1")).hasSize(1);
  }

  @Test
  void signalsThatShareACredentialAnAccountOrASourceAreOneIncident() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));
    desk.accept(Signals.signal("s2", "bulk-exfiltration", NOON, "key-ab12", "", "", ""));
    desk.accept(Signals.signal("s3", "injection", NOON, "", "", "127.0.0.66", "search"));
    desk.accept(Signals.signal("s4", "injection", NOON, "key-ff00", "northside", "", ""));

    assertThat(desk.list())
        .singleElement()
        .satisfies(incident -> {
          assertThat(incident.signals()).containsExactly("s1", "s2", "s3", "s4");
          assertThat(incident.detectors())
              .containsExactly("object-enumeration", "bulk-exfiltration", "injection");
          assertThat(incident.title())
              .isEqualTo(
                  "Object enumeration and bulk exfiltration and injection with credential key-ab12 and 1 more (account northside) from 127.0.0.66");
        });
  }

  @Test
  void twoStrangersOnTheSameRouteAreTwoIncidents() {
    desk.accept(Signals.signal("s1", "injection", NOON, "", "", "127.0.0.66", "patients"));
    desk.accept(Signals.signal("s2", "injection", NOON, "", "", "127.0.0.67", "patients"));

    assertThat(desk.list()).extracting(Incident::id).containsExactly("INC-2", "INC-1");
  }

  @Test
  void aSignalThatKnowsOnlyTheRouteJoinsTheIncidentThere() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));
    var routeOnly =
        desk.accept(Signals.signal("s2", "bulk-exfiltration", NOON, "", "", "", "patients"));

    assertThat(routeOnly.incident().id()).isEqualTo("INC-1");
  }

  @Test
  void theWorstSeverityCounts() {
    Signal low = Signals.withSeverity(enumeration("s1", "key-ab12", "::1"), Severity.LOW);
    Signal critical = Signals.withSeverity(enumeration("s2", "key-ab12", "::1"), Severity.CRITICAL);
    Signal medium = Signals.withSeverity(enumeration("s3", "key-ab12", "::1"), Severity.MEDIUM);

    assertThat(desk.accept(low).incident().severity()).isEqualTo(Severity.LOW);
    assertThat(desk.accept(critical).incident().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(desk.accept(medium).incident().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void afterADayOfSilenceItIsAnotherIncident() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));
    Instant nextDay = NOON.plus(Duration.ofHours(24));
    desk.accept(Signals.signal("s2", "injection", nextDay, "key-ab12", "", "", ""));
    desk.accept(
        Signals.signal(
            "s3", "injection", nextDay.plus(Duration.ofHours(25)), "key-ab12", "", "", ""));

    assertThat(desk.find("INC-1").orElseThrow().signals()).containsExactly("s1", "s2");
    assertThat(desk.find("INC-2").orElseThrow().signals()).containsExactly("s3");
  }

  @Test
  void aDismissedIncidentTakesNoMoreSignals() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));
    desk.transition("INC-1", IncidentState.DISMISSED, "alice", "a load test of our own");

    assertThat(desk.accept(enumeration("s2", "key-ab12", "127.0.0.66")).incident().id())
        .isEqualTo("INC-2");
  }

  @Test
  void aPersonClosesItFromAnywhereAndTheTimelineSaysWhatWasSkipped() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));
    desk.transition("INC-1", IncidentState.CONTAINED, "portcullis", "credential revoked");
    var closed = desk.close("INC-1", "alice", "the partner's own test, as agreed");

    assertThat(closed.state()).isEqualTo(IncidentState.CLOSED);
    assertThat(desk.timeline("INC-1").getLast())
        .satisfies(line -> {
          assertThat(line.author()).isEqualTo("alice");
          assertThat(line.kind()).isEqualTo("state");
          assertThat(line.text())
              .isEqualTo(
                  "contained -> closed, skipping eradicated, recovered, reviewed: the partner's own test, as agreed");
        });
    assertThatThrownBy(() -> desk.close("INC-1", "alice", "again"))
        .hasMessageContaining("closed already");
  }

  @Test
  void closingNeedsAPersonAndAReason() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));

    assertThatThrownBy(() -> desk.close("INC-1", "alice", " ")).hasMessageContaining("reason");
    assertThatThrownBy(() -> desk.close("INC-1", "portcullis", "done"))
        .hasMessageContaining("by a person only");
    assertThat(desk.find("INC-1").orElseThrow().state()).isEqualTo(IncidentState.DETECTED);
  }

  @Test
  void aForbiddenTransitionSaysWhatIsAllowed() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));

    assertThatThrownBy(() -> desk.transition("INC-1", IncidentState.CLOSED, "alice", "done"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "INC-1 is detected and cannot become closed (expected: triaged, dismissed, contained)");
    assertThatThrownBy(() -> desk.record("INC-9", NOON, "alice", "note", "?"))
        .hasMessageContaining("There is no incident 'INC-9'");
  }

  @Test
  void theTimelineCannotBeEditedOrDeletedEvenInTheStore() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));
    desk.record("INC-1", NOON, "alice", "note", "called the partner");

    for (String attack :
        new String[] {
          "UPDATE incident_timeline SET text = 'nothing happened'",
          "DELETE FROM incident_timeline WHERE sequence = 2",
          "UPDATE incident_signal SET severity = 'LOW'",
          "DELETE FROM incident_signal",
          "DELETE FROM incident"
        }) {
      assertThatThrownBy(() -> store.jdbi().useHandle(handle -> handle.execute(attack)))
          .as(attack)
          .hasStackTraceContaining("SQLITE_CONSTRAINT_TRIGGER");
    }
    assertThat(desk.timeline("INC-1")).hasSize(2);
  }

  @Test
  void allIsThereAfterARestart() {
    desk.accept(enumeration("s1", "key-ab12", "127.0.0.66"));
    desk.transition("INC-1", IncidentState.CONTAINED, "portcullis", "credential revoked");
    Incident before = desk.find("INC-1").orElseThrow();
    var timeline = desk.timeline("INC-1");
    store.close();

    open();

    assertThat(desk.list()).containsExactly(before);
    assertThat(desk.timeline("INC-1")).isEqualTo(timeline);
    assertThat(
            desk.accept(Signals.signal("s9", "injection", NOON, "", "", "10.0.0.1", "")).incident())
        .extracting(Incident::id)
        .isEqualTo("INC-2");
  }
}
