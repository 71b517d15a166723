package dev.portcullis.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What no single credential or source shows: walks, thefts and stuffing that are spread out. */
class WideDetectorsTest {
  private static final String HOME = "198.51.100.10";

  @Test
  void aWalkWithoutACredentialFromEverChangingAddressesNamesTheRoute() {
    var trace = new Trace();
    office(trace, 2);
    for (int i = 0; i < 150; i++) {
      trace.after(Duration.ofSeconds(1)).readsAnonymously("203.0." + i + ".9", "person" + i);
    }
    assertThat(trace.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.detector()).isEqualTo("anonymous-walk");
          assertThat(signal.principals())
              .isEqualTo(
                  new Principals(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of("profile")));
          assertThat(signal.evidence()).hasSize(100);
          assertThat(signal.summary()).doesNotContain("person");
        });
  }

  @Test
  void aCrowdThatLooksAtTheSameFewProfilesIsLeftAlone() {
    var trace = new Trace();
    office(trace, 2);
    for (int i = 0; i < 3_000; i++) {
      String profile = i % 4 == 0 ? "other" + i : "shown" + i % 40;
      trace
          .after(Duration.ofMillis(300))
          .readsAnonymously("203." + i / 250 + "." + i % 250 + ".9", profile);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void anEstablishedKeyAtANewNetworkThatKnowsNothingOfItsOwnersIsNamedAfterEight() {
    var trace = new Trace();
    office(trace, 20);
    for (int i = 0; i < 15; i++) {
      trace.after(Duration.ofMinutes(5)).reads("key-office", "203.0.113.66", "victim" + i);
    }
    assertThat(trace.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.detector()).isEqualTo("credential-theft");
          assertThat(signal.principals().source()).contains("203.0.113.66");
          assertThat(signal.principals().credential()).contains("key-office");
          assertThat(signal.evidence()).hasSize(8);
        });
  }

  @Test
  void aThiefWithANewNetworkForEveryRequestIsNamedAtEachOfThem() {
    var trace = new Trace();
    office(trace, 20);
    for (int i = 0; i < 16; i++) {
      trace.after(Duration.ofMinutes(5)).reads("key-office", "203.0." + i + ".66", "victim" + i);
    }
    assertThat(trace.signals())
        .hasSize(16)
        .extracting(signal -> signal.principals().source().orElse(""))
        .doesNotHaveDuplicates();
  }

  @Test
  void anEmployeeWhoTravelsTakesTheOwnPatientsAlongAndIsLeftAlone() {
    var trace = new Trace();
    office(trace, 20);
    for (int i = 0; i < 60; i++) {
      String patient = i % 3 == 0 ? "new" + i : "p" + i % 5;
      trace.after(Duration.ofMinutes(5)).reads("key-office", "203.0.113.66", patient);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void stuffingFromManyAddressesIsSeenAndWhoeverGotInIsNamed() {
    var trace = new Trace();
    for (int i = 0; i < 120; i++) {
      trace.after(Duration.ofSeconds(1)).failsToLogIn("203.0." + i + ".9", "user" + i);
      if (i == 20) {
        trace.logsIn("203.0.250.9", "early");
      }
    }
    trace.logsIn("203.0.251.9", "late");
    List<Signal> signals = trace.signals();
    assertThat(signals).extracting(Signal::detector).containsOnly("distributed-stuffing");
    assertThat(signals)
        .filteredOn(signal -> signal.severity() == Severity.CRITICAL)
        .extracting(signal -> signal.principals().account().orElse(""))
        .containsExactly("early", "late");
  }

  @Test
  void peopleWhoMustAllLogInAnewAreNoStuffing() {
    var trace = new Trace();
    for (int i = 0; i < 1_000; i++) {
      trace.after(Duration.ofMillis(500));
      if (i % 6 == 0) {
        trace.failsToLogIn("203." + i / 250 + "." + i % 250 + ".9", "user" + i);
      }
      trace.logsIn("203." + i / 250 + "." + i % 250 + ".9", "user" + i);
    }
    assertThat(trace.signals()).isEmpty();
  }

  private static void office(Trace trace, int hours) {
    for (int minute = 0; minute < hours * 60; minute += 5) {
      trace.after(Duration.ofMinutes(5)).reads("key-office", HOME, "p" + minute / 5 % 5);
    }
  }
}
