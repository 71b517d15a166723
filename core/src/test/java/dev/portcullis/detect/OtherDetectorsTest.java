package dev.portcullis.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.gate.inspect.RuleInspection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OtherDetectorsTest {
  private static final String OFFICE = "198.51.100.10";
  private static final String ATTACKER = "203.0.113.66";

  @Test
  void onePhoneWithAnOldPasswordIsNoStuffing() {
    var trace = new Trace();
    for (int i = 0; i < 500; i++) {
      trace.after(Duration.ofSeconds(5)).failsToLogIn(OFFICE, "anna");
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void twentyFailuresForManyAccountsFromOneAddressAreStuffing() {
    var trace = new Trace();
    for (int i = 0; i < 30; i++) {
      trace.after(Duration.ofSeconds(2)).failsToLogIn(ATTACKER, "user" + i);
    }
    assertThat(trace.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.severity()).isEqualTo(Severity.HIGH);
          assertThat(signal.principals().source()).contains(ATTACKER);
          assertThat(signal.evidence()).hasSize(20);
        });
  }

  @Test
  void anAccountThatFallsToStuffingIsNamedAndThatIsCritical() {
    var trace = new Trace();
    for (int i = 0; i < 25; i++) {
      trace.after(Duration.ofSeconds(2)).failsToLogIn(ATTACKER, "user" + i);
    }
    trace.after(Duration.ofSeconds(2)).logsIn(ATTACKER, "bob").logsIn(ATTACKER, "bob");
    List<Signal> signals = trace.signals();
    assertThat(signals).hasSize(2);
    assertThat(signals.getLast().severity()).isEqualTo(Severity.CRITICAL);
    assertThat(signals.getLast().principals())
        .isEqualTo(
            new Principals(
                Optional.of("password-bob"),
                Optional.of("bob"),
                Optional.of(ATTACKER),
                Optional.of("login")));
  }

  @Test
  void aColleagueWhoAlwaysLogsInFromThereIsNotTakenForTheVictim() {
    var trace = new Trace().logsIn(OFFICE, "carol");
    for (int i = 0; i < 25; i++) {
      trace.after(Duration.ofSeconds(2)).failsToLogIn(OFFICE, "user" + i);
    }
    trace.logsIn(OFFICE, "carol");
    assertThat(trace.signals()).extracting(Signal::severity).containsExactly(Severity.HIGH);
  }

  @Test
  void failuresSpreadOverADayAreNoStuffing() {
    var trace = new Trace();
    for (int i = 0; i < 100; i++) {
      trace.after(Duration.ofMinutes(10)).failsToLogIn(OFFICE, "user" + i);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void oneInjectionIsEnoughAndManyAreNoStorm() {
    var trace = new Trace();
    for (int i = 0; i < 100; i++) {
      trace.after(Duration.ofSeconds(1)).sends(ATTACKER, "sql-injection", false);
    }
    // at 1, 2, 4 ... 64
    assertThat(trace.signals()).hasSize(7).allMatch(s -> s.severity() == Severity.MEDIUM);
  }

  @Test
  void injectedCodeThatReachedTheApiIsWorseThanThatWhichWasRefused() {
    assertThat(severity("expression-injection", true)).isEqualTo(Severity.CRITICAL);
    assertThat(severity("expression-injection", false)).isEqualTo(Severity.HIGH);
    assertThat(severity("sql-injection", true)).isEqualTo(Severity.HIGH);
    assertThat(severity("sql-injection", false)).isEqualTo(Severity.MEDIUM);
    assertThat(severity("log-forging", true)).isEqualTo(Severity.MEDIUM);
    assertThat(severity("log-forging", false)).isEqualTo(Severity.LOW);
  }

  private static Severity severity(String category, boolean forwarded) {
    return new Trace().sends(ATTACKER, category, forwarded).signals().getFirst().severity();
  }

  @Test
  void somethingWorseIsSaidAtOnce() {
    var trace =
        new Trace()
            .sends(ATTACKER, "log-forging", true)
            .sends(ATTACKER, "log-forging", true)
            .sends(ATTACKER, "log-forging", true)
            .sends(ATTACKER, "jndi-injection", true);
    assertThat(trace.signals())
        .extracting(Signal::severity)
        .containsExactly(Severity.MEDIUM, Severity.MEDIUM, Severity.CRITICAL);
  }

  @Test
  void everyCategoryOfTheRuleBookHasASeverityOfItsOwn() {
    var known = new HashSet<>(InjectionAttempts.RUNS_CODE);
    known.addAll(InjectionAttempts.GIVES_DATA);
    known.addAll(InjectionAttempts.HURTS_OTHERS);
    assertThat(known).containsExactlyInAnyOrderElementsOf(RuleInspection.standard().categories());
  }

  @Test
  void whoTakesThousandsAtOnceIsNoticed() {
    var trace = new Trace();
    for (int page = 0; page < 20; page++) {
      trace.after(Duration.ofSeconds(1)).reads("key-x", ATTACKER, people(page * 100, 100));
    }
    List<Signal> signals = trace.signals();
    assertThat(signals).extracting(Signal::detector).containsOnly("bulk-exfiltration");
    assertThat(signals.getFirst().principals().source()).contains(ATTACKER);
    assertThat(signals.getFirst().evidence()).hasSize(5);
  }

  @Test
  void aDashboardThatPollsTheSameListIsLeftAlone() {
    var trace = new Trace();
    for (int i = 0; i < 1_000; i++) {
      trace.after(Duration.ofSeconds(1)).reads("key-dash", OFFICE, people(0, 400));
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void whereEverybodyTakesMuchThatIsNotMuch() {
    var trace = new Trace();
    for (int day = 0; day < 3; day++) {
      for (int branch = 0; branch < 4; branch++) {
        trace.after(Duration.ofHours(1));
        trace.reads("key-" + branch, "10.0.0." + branch, people(branch * 1_000, 450));
      }
    }
    trace.after(Duration.ofHours(1)).reads("key-new", OFFICE, people(9_000, 1_500));
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void aNightlyExportOfThousandsFallsSilent() {
    var trace = new Trace();
    for (int night = 0; night < 10; night++) {
      trace.after(Duration.ofHours(24));
      for (int page = 0; page < 20; page++) {
        trace.after(Duration.ofSeconds(1)).reads("key-export", OFFICE, people(page * 100, 100));
      }
    }
    assertThat(trace.signals())
        .isNotEmpty()
        .allSatisfy(signal -> assertThat(signal.evidence().getLast()).isLessThan(20));
  }

  private static String[] people(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> "p" + i).toArray(String[]::new);
  }
}
