package dev.portcullis.obligation;

import static dev.portcullis.scope.testing.Samples.START;
import static dev.portcullis.scope.testing.Samples.scope;
import static dev.portcullis.scope.testing.Samples.signal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.config.ObligationSettings;
import dev.portcullis.incident.Incident;
import dev.portcullis.obligation.Clock.State;
import dev.portcullis.scope.testing.MemoryIncidents;
import dev.portcullis.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("CanonicalDuration") // The law says 72 hours, not three days.
class StoredObligationDeskTest {
  /** The first signal's time: the clocks' anchor. */
  private static final Instant SIGNAL = START.plusSeconds(600);

  private static final ObligationSettings.Contract ACME =
      new ObligationSettings.Contract("acme", "Acme Inc.", Duration.ofHours(24), "§ 7.2");

  @TempDir Path directory;
  private Store store;
  private Instant now = SIGNAL;
  private final Incident incident =
      new MemoryIncidents().open("INC-1", signal("s1", "key-1", "198.51.100.7"));

  @BeforeEach
  void open() {
    store = Store.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private StoredObligationDesk desk(String... rules) {
    return new StoredObligationDesk(
        store,
        new ObligationSettings(
            Set.of(rules), List.of(ACME), new ObligationSettings.Controller("Clinic", "dpo")),
        RuleBook.load(),
        () -> now);
  }

  private static Clock clock(List<Clock> clocks, String rule) {
    return clocks.stream().filter(each -> each.rule().equals(rule)).findFirst().orElseThrow();
  }

  @Test
  void theClockStartsItselfWithTheFirstSignal() {
    List<Clock> clocks = desk("gdpr-33").start(incident, scope(12, Set.of("health"), List.of()));

    Clock clock = clock(clocks, "gdpr-33");
    assertThat(clock.state()).isEqualTo(State.RUNNING);
    assertThat(clock.anchorAt()).hasValue(SIGNAL);
    assertThat(clock.due()).hasValue(SIGNAL.plus(Duration.ofHours(72)));
    assertThat(clock.recipient()).isEqualTo("supervisory-authority");
    assertThat(clock.why()).contains("12 data subjects", "health");
    assertThat(clock.arithmetic()).anyMatch(line -> line.contains("+ 72 h = "));
    assertThat(clock.verified()).isFalse();
  }

  @Test
  void aContractRunsBesideTheLaw() {
    Clock clock = clock(desk().start(incident, scope(1, Set.of(), List.of())), "acme");

    assertThat(clock.due()).hasValue(SIGNAL.plus(Duration.ofHours(24)));
    assertThat(clock.recipient()).isEqualTo("Acme Inc.");
    assertThat(clock.source()).contains("§ 7.2");
  }

  @Test
  void theStateFollowsTheTimeLeft() {
    StoredObligationDesk desk = desk("gdpr-33");
    desk.start(incident, scope(1, Set.of(), List.of()));

    assertThat(stateAfter(desk, Duration.ofHours(54).minusSeconds(1))).isEqualTo(State.RUNNING);
    assertThat(stateAfter(desk, Duration.ofHours(54))).isEqualTo(State.DUE_SOON);
    assertThat(stateAfter(desk, Duration.ofHours(72))).isEqualTo(State.DUE_SOON);
    assertThat(stateAfter(desk, Duration.ofHours(72).plusMillis(1))).isEqualTo(State.OVERDUE);
  }

  private State stateAfter(StoredObligationDesk desk, Duration time) {
    now = SIGNAL.plus(time);
    return clock(desk.clocks("INC-1"), "gdpr-33").state();
  }

  @Test
  void aNoticeInTimeStopsTheClockAndALateOneIsSaidToBeLate() {
    StoredObligationDesk desk = desk("gdpr-33");
    desk.start(incident, scope(1, Set.of(), List.of()));

    desk.submitted("INC-1", "gdpr-33", SIGNAL.plus(Duration.ofHours(72)), "NOT-1");
    desk.submitted("INC-1", "acme", SIGNAL.plus(Duration.ofHours(25)), "NOT-2");
    desk.submitted("INC-1", "acme", SIGNAL.plus(Duration.ofHours(25)), "NOT-2");

    assertThat(clock(desk.clocks("INC-1"), "gdpr-33").state()).isEqualTo(State.SUBMITTED);
    assertThat(clock(desk.clocks("INC-1"), "acme").state()).isEqualTo(State.LATE_SUBMITTED);
    assertThat(desk.running()).isEmpty();
  }

  @Test
  void anEarlierAwarenessMovesTheDeadlineAndTheOldOneStaysOnRecord() {
    StoredObligationDesk desk = desk("gdpr-33");
    desk.start(incident, scope(1, Set.of(), List.of()));
    Instant earlier = SIGNAL.minus(Duration.ofHours(80));

    desk.record("INC-1", "awareness", earlier, "anna", "the ticket of last week");

    Clock clock = clock(desk.clocks("INC-1"), "gdpr-33");
    assertThat(clock.due()).hasValue(earlier.plus(Duration.ofHours(72)));
    assertThat(clock.state()).isEqualTo(State.OVERDUE);
    assertThat(clock.arithmetic()).anyMatch(line -> line.contains("the ticket of last week"));
    assertThat(desk.history("INC-1", "gdpr-33"))
        .extracting(each -> each.due().orElseThrow())
        .containsExactly(SIGNAL.plus(Duration.ofHours(72)), earlier.plus(Duration.ofHours(72)));
    List<Fact> facts =
        store.jdbi().withHandle(handle -> ObligationStore.history(handle, "INC-1", "awareness"));
    assertThat(facts).extracting(Fact::decidedBy).containsExactly("portcullis", "anna");
  }

  @Test
  void whatAPersonRecordedBeforeIsNotOverwrittenByTheStart() {
    StoredObligationDesk desk = desk("gdpr-33");
    Instant decided = SIGNAL.plus(Duration.ofHours(2));
    desk.record("INC-1", "awareness", decided, "anna", "the investigation's result");

    assertThat(clock(desk.start(incident, scope(1, Set.of(), List.of())), "gdpr-33").anchorAt())
        .hasValue(decided);
  }

  @Test
  void startingTwiceChangesNothing() {
    StoredObligationDesk desk = desk("gdpr-33", "gdpr-34");
    List<Clock> first = desk.start(incident, scope(1, Set.of("health"), List.of()));

    assertThat(desk.start(incident, scope(1, Set.of("health"), List.of()))).isEqualTo(first);
    assertThat(desk.history("INC-1", "gdpr-33")).hasSize(1);
  }

  @Test
  void aScopeThatGrowsMakesADutyAppearAndSaysWhy() {
    StoredObligationDesk desk = desk("hipaa-408");
    Clock few = clock(desk.start(incident, scope(499, Set.of("health"), List.of())), "hipaa-408");
    Clock many = clock(desk.start(incident, scope(500, Set.of("health"), List.of())), "hipaa-408");

    assertThat(few.state()).isEqualTo(State.NOT_APPLICABLE);
    assertThat(few.why()).contains("499 data subjects are not >= 500");
    assertThat(many.state()).isEqualTo(State.RUNNING);
    assertThat(many.due()).hasValue(Instant.parse("2027-01-24T04:59:59Z"));
    assertThat(desk.history("INC-1", "hipaa-408")).hasSize(2);
  }

  @Test
  void aCountThatIsNotKnownExactlyMeetsTheThresholdAndSaysAssumed() {
    Clock clock =
        clock(
            desk("hipaa-408").start(incident, scope(3, Set.of("health-record"), List.of("a gap"))),
            "hipaa-408");

    assertThat(clock.state()).isEqualTo(State.RUNNING);
    assertThat(clock.why()).startsWith("Applies, assumed").contains("3 data subjects known so far");
  }

  @Test
  void withoutHealthFinancialOrCredentialDataTheDataSubjectsNeedNotBeTold() {
    StoredObligationDesk desk = desk("gdpr-34", "pci-dss-12-10");
    List<Clock> clocks =
        desk.start(incident, scope(3, Set.of("contact", "healthiness"), List.of()));

    assertThat(clock(clocks, "gdpr-34").state()).isEqualTo(State.NOT_APPLICABLE);
    List<Clock> after = desk.start(incident, scope(3, Set.of("payment-card"), List.of()));
    assertThat(clock(after, "gdpr-34").state()).isEqualTo(State.RUNNING);
    assertThat(clock(after, "gdpr-34").due()).isEmpty();
    assertThat(clock(after, "pci-dss-12-10").state()).isEqualTo(State.RUNNING);
  }

  @Test
  void anIncidentThatReachedNothingStartsNoClockOfTheLaw() {
    Clock clock = clock(desk("gdpr-33").start(incident, scope(0, Set.of(), List.of())), "gdpr-33");

    assertThat(clock.state()).isEqualTo(State.NOT_APPLICABLE);
    assertThat(clock.why()).contains("no personal data was affected");
  }

  @Test
  void theMostUrgentClockComesFirstAndOneWithoutLimitLast() {
    StoredObligationDesk desk = desk("gdpr-33", "gdpr-34", "hipaa-404");
    desk.start(incident, scope(3, Set.of("health"), List.of()));

    assertThat(desk.running())
        .extracting(Clock::rule)
        .containsExactly("acme", "gdpr-33", "hipaa-404", "gdpr-34");
  }

  @Test
  void aRuleThatDoesNotExistIsRefusedWithTheOneThatWasMeant() {
    assertThatThrownBy(() -> desk("gdpr-32"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gdpr-32 (expected: one that")
        .hasMessageContaining("did you mean \"gdpr-33\"?");
  }

  @Test
  void aFactsNameIsChecked() {
    StoredObligationDesk desk = desk();

    assertThatThrownBy(() -> desk.record("INC-1", "Aware ness", SIGNAL, "anna", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theReportAfterANoticeStartsWithThatNotice() {
    StoredObligationDesk desk = desk("nis2-notification", "nis2-final");
    List<Clock> before = desk.start(incident, scope(1, Set.of(), List.of()));
    assertThat(clock(before, "nis2-final").state()).isEqualTo(State.NOT_STARTED);

    desk.submitted("INC-1", "nis2-notification", Instant.parse("2027-01-31T09:00:00Z"), "NOT-1");

    Clock last = clock(desk.clocks("INC-1"), "nis2-final");
    assertThat(last.due()).hasValue(Instant.parse("2027-02-28T21:59:59Z"));
    assertThat(desk.running()).extracting(Clock::rule).contains("nis2-final");
  }

  @Test
  void clocksSurviveTheProcess() {
    List<Clock> before = desk("gdpr-33").start(incident, scope(3, Set.of("health"), List.of()));
    store.close();
    store = Store.open(directory);

    assertThat(desk("gdpr-33").clocks("INC-1")).isEqualTo(before);
  }
}
