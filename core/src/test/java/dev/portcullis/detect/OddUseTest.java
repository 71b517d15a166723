package dev.portcullis.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What is odd about who asks, not about how much: rings of thieves, dormant functions, others' own.
 */
class OddUseTest {
  private static final String THIEF = "203.0.113.66";

  @Test
  void oneAddressWithTheTokensOfManyIsNamedThoughEachDoesLittle() {
    var trace = new Trace();
    tenants(trace, 20);
    for (int i = 0; i < 20; i++) {
      trace.after(Duration.ofSeconds(1)).reads("key-tenant" + i, THIEF, "stranger" + i);
    }
    assertThat(trace.signals())
        .first()
        .satisfies(signal -> {
          assertThat(signal.detector()).isEqualTo("credential-theft-ring");
          assertThat(signal.principals().source()).contains(THIEF);
          assertThat(signal.principals().credential()).isEmpty();
          assertThat(signal.evidence()).hasSize(5);
        });
  }

  @Test
  void anOfficeThatMovesTakesItsOwnWorkAlongAndIsLeftAlone() {
    var trace = new Trace();
    tenants(trace, 20);
    for (int i = 0; i < 400; i++) {
      String own = "own" + i % 20 + "-" + i % 3;
      trace
          .after(Duration.ofSeconds(20))
          .reads("key-tenant" + i % 20, THIEF, i / 20 % 4 == 3 ? "new" + i : own);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void anAccountOfTodayAtAFunctionThatNobodyUsesIsNamedAtTheSecondObject() {
    var trace = new Trace();
    tenants(trace, 5);
    trace.changes("key-dealer", THIEF, "owner", "car1");
    trace.after(Duration.ofSeconds(9)).changes("key-dealer", THIEF, "owner", "car1");
    assertThat(trace.signals()).isEmpty();
    trace.after(Duration.ofSeconds(9)).changes("key-dealer", THIEF, "owner", "car2");
    assertThat(trace.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.detector()).isEqualTo("dormant-function");
          assertThat(signal.principals().credential()).contains("key-dealer");
          assertThat(signal.evidence()).hasSize(3);
        });
  }

  @Test
  void staffAtNetworksTheyNeverUsedAreEachNamedAtAFunctionThatNobodyUses() {
    var trace = new Trace();
    tenants(trace, 5);
    trace.changes("key-tenant1", "203.0.1.9", "second-factor", "user1");
    trace.after(Duration.ofSeconds(9)).changes("key-tenant2", "203.0.2.9", "second-factor", "u2");
    trace.after(Duration.ofSeconds(9)).changes("key-tenant3", "203.0.3.9", "second-factor", "u3");
    assertThat(trace.signals())
        .filteredOn(signal -> signal.detector().equals("dormant-function"))
        .extracting(signal -> signal.principals().credential().orElse(""))
        .containsExactly("key-tenant1", "key-tenant2", "key-tenant3");
  }

  @Test
  void aNewFunctionThatEverybodyTriesIsLeftAlone() {
    var trace = new Trace();
    tenants(trace, 20);
    trace.changes("key-today", THIEF, "wish-list", "mine");
    for (int i = 0; i < 20; i++) {
      trace
          .after(Duration.ofSeconds(9))
          .changes("key-tenant" + i, home(i), "wish-list", "own" + i + "-0");
      trace.after(Duration.ofSeconds(9)).changes("key-today" + i, THIEF, "wish-list", "mine" + i);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void whoReachesWhatThreeOthersAloneUseIsNamedWhereEverybodyKeepsToTheirOwn() {
    var trace = new Trace();
    tenants(trace, 20);
    for (int i = 0; i < 4; i++) {
      trace.after(Duration.ofMinutes(1)).reads("key-tenant0", home(0), "own" + (i + 3) + "-1");
    }
    assertThat(trace.signals())
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.detector()).isEqualTo("foreign-object");
          assertThat(signal.principals().credential()).contains("key-tenant0");
          assertThat(signal.evidence()).hasSize(3);
          assertThat(signal.summary()).doesNotContain("own3");
        });
  }

  @Test
  void aDeputyOfOneOtherAccountIsLeftAlone() {
    var trace = new Trace();
    tenants(trace, 20);
    for (int i = 0; i < 60; i++) {
      trace.after(Duration.ofMinutes(1)).reads("key-tenant0", home(0), "own7-" + i % 3);
    }
    assertThat(trace.signals()).isEmpty();
  }

  @Test
  void aRouteThatPeopleShareTellsNothingOfWhoOwnsWhat() {
    var trace = new Trace();
    for (int i = 0; i < 3_000; i++) {
      trace
          .after(Duration.ofMinutes(1))
          .reads("key-support" + i % 20, home(i % 20), "customer" + i * 7 % 50);
    }
    assertThat(trace.signals())
        .filteredOn(signal -> signal.detector().equals("foreign-object"))
        .isEmpty();
  }

  @Test
  void aRouteThatIsAskedWithCredentialsAndAnswersStrangersIsNamed() {
    var trace = new Trace();
    tenants(trace, 20);
    for (int i = 0; i < 6; i++) {
      trace.after(Duration.ofSeconds(20)).readsWithoutCredential(THIEF, "victim" + i);
    }
    List<Signal> first = trace.signals();
    assertThat(first)
        .singleElement()
        .satisfies(signal -> {
          assertThat(signal.detector()).isEqualTo("authentication-bypass");
          assertThat(signal.principals())
              .isEqualTo(
                  new Principals(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(THIEF),
                      Optional.of("patient")));
        });
    trace.after(Duration.ofHours(1));
    for (int i = 0; i < 6; i++) {
      trace.after(Duration.ofSeconds(20)).readsWithoutCredential("198.18.0." + i, "more" + i);
    }
    assertThat(trace.signals().getLast().principals())
        .isEqualTo(
            new Principals(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("patient")));
  }

  @Test
  void whoeverChangesManyRecordsFromTheOwnDeskIsNoWalker() {
    var trace = new Trace();
    for (int day = 0; day < 3; day++) {
      for (int i = 0; i < 5; i++) {
        trace.after(Duration.ofMinutes(1)).changes("key-hr", home(0), "user", "leaver" + day + i);
      }
      trace.after(Duration.ofHours(23));
    }
    for (int i = 0; i < 120; i++) {
      trace.after(Duration.ofSeconds(2)).changes("key-hr", home(0), "user", "left" + i);
    }
    assertThat(trace.signals()).isEmpty();
    for (int i = 0; i < 700; i++) {
      trace.after(Duration.ofMillis(300)).changes("key-hr", home(0), "user", "taken" + i);
    }
    assertThat(trace.signals()).extracting(Signal::detector).contains("object-enumeration");
  }

  /** Twenty that use three records each of their own, from their own networks, for 34 hours. */
  private static void tenants(Trace trace, int many) {
    for (int i = 0; i < 34 * 60; i++) {
      int tenant = i % many;
      trace
          .after(Duration.ofMinutes(1))
          .reads("key-tenant" + tenant, home(tenant), "own" + tenant + "-" + i / many % 3);
    }
  }

  private static String home(int tenant) {
    return "198.51." + tenant + ".10";
  }
}
