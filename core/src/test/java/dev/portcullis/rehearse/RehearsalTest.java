package dev.portcullis.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RehearsalTest {
  static List<String> scenarios() {
    return Library.names();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void whatTheListSaysOfAScenarioIsWhatComesOfIt(String name) {
    Scenario scenario = Library.find(name);
    RehearsalResult result = Rehearsal.run(scenario, 1);
    assertThat(Optional.of(result.verdict()))
        .as("%s", result)
        .isEqualTo(scenario.today().map(Verdict::word));
    if (result.verdict().equals("silent")) {
      assertThat(result.ordinaryRefused()).isZero();
    }
    if (result.noticed()) {
      assertThat(result.scope().closed()).isTrue();
      assertThat(result.scope().closedPrecision()).as("%s", result.scope()).isEqualTo(1);
      assertThat(result.scope().closedRecall()).as("%s", result.scope()).isEqualTo(1);
    }
    if (result.scope().precision() < 1 || result.scope().recall() < 1) {
      assertThat(result.scope().unknown()).as("it says what is not known").isPositive();
    }
  }

  @Test
  void theLibraryHoldsAllTwentySevenBreachesAndATwinOfEveryFamilyThatHasOne() {
    List<Scenario> all = Library.all();
    assertThat(all).filteredOn(each -> !each.isBenign()).hasSize(27);
    assertThat(all)
        .filteredOn(Scenario::isBenign)
        .extracting(each -> each.family().orElse(""))
        .containsExactlyInAnyOrder("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L");
    assertThat(all)
        .filteredOn(each -> !each.isBenign())
        .allSatisfy(each -> {
          assertThat(each.bound()).isNotEqualTo(Bound.NONE);
          each.twin().ifPresent(twin -> assertThat(Library.names()).contains(twin));
        });
  }

  @Test
  void theSameSeedGivesTheSameResult() {
    Scenario scenario = Library.find("dell-2024");
    assertThat(Rehearsal.run(scenario, 7)).isEqualTo(Rehearsal.run(scenario, 7));
  }

  @Test
  void aStolenKeyIsRevokedAndWhatItReachedBesideItsOwnerIsTheScope(@TempDir Path directory)
      throws Exception {
    RehearsalResult result =
        Rehearsal.run(
            own(
                directory,
                """
                name: mine
                title: A stolen key
                bound: {subjects: 20}
                attack:
                  - name: thief
                    route: patient
                    uses: clinic
                    starts: 20h
                    every: 2s
                    requests: 200
                    objects: {of: patients, pick: next, pool: 10000}
                ordinary:
                  - name: clinic
                    route: patient
                    accounts: 1
                    every: 60s
                    requests: 1600
                    objects: {of: patients, pick: own, own: 9, pool: 10000}
                """),
            1);
    assertThat(result.boundHeld()).isTrue();
    assertThat(result.subjectsTotal()).isEqualTo(200);
    assertThat(result.containedAfterSubjects()).isEqualTo(result.noticedAfterSubjects());
    assertThat(result.orders()).containsExactly("credential key-clinic-1");
    assertThat(result.scope().precision()).isEqualTo(1);
    assertThat(result.scope().recall()).isEqualTo(1);
    assertThat(result.falseIncidents()).isZero();
  }

  @Test
  void withTheDetectorsSwitchedOffTheSameThiefIsMissed(@TempDir Path directory) throws Exception {
    String off = "{enabled: false}";
    Scenario scenario =
        own(
            directory,
            """
            name: blind
            title: Nobody looks
            bound: {subjects: 20}
            detectors:
              object-enumeration: %s
              bulk-exfiltration: %s
            attack:
              - {name: thief, route: patient, accounts: 1, requests: 300, objects: {pool: 10000}}
            """
                .formatted(off, off));
    RehearsalResult result = Rehearsal.run(scenario, 1);
    assertThat(result.verdict()).isEqualTo("missed");
    assertThat(result.contained()).isFalse();
    assertThat(result.scope().recall()).isZero();
  }

  @Test
  void aMistakeInAFileIsNamedWithWhatWasExpected(@TempDir Path directory) {
    assertThatThrownBy(() ->
            own(
                directory,
                """
                name: wrong
                title: Wrong
                attack:
                  - {name: thief, route: patient, every: often}
                """))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("attack[0].every")
        .hasMessageContaining("often")
        .hasMessageContaining("30s");
    assertThatThrownBy(() ->
            own(
                directory,
                """
                name: wrong
                title: Wrong
                atack: []
                ordinary:
                  - {name: people, route: patient}
                """))
        .hasMessageContaining("unknown key 'atack'");
    assertThatThrownBy(() ->
            own(
                directory,
                """
                name: wrong
                title: Wrong
                attack:
                  - {name: thief, route: patient, uses: nobody}
                """))
        .hasMessageContaining("refers to 'nobody'");
    assertThatThrownBy(() -> Library.find("nonesuch"))
        .hasMessageContaining("portcullis drill list");
  }

  private static Scenario own(Path directory, String yaml) throws Exception {
    Path file = directory.resolve("own.yaml");
    Files.writeString(file, yaml);
    return Library.find(file.toString());
  }
}
