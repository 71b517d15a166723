package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ObligationsCommandTest {
  @TempDir Path directory;

  private static CommandLineProbe.Said explain(String... arguments) {
    var all = new ArrayList<>(List.of("obligations", "explain", "--json"));
    all.addAll(List.of(arguments));
    return CommandLineProbe.run(all.toArray(String[]::new));
  }

  @Test
  void allRulesAreListedWithWhatTheyCountFromAndHowSureTheyAre() {
    JsonNode rules = CommandLineProbe.run("obligations", "rules", "--json").json();

    assertThat(rules.size()).isGreaterThan(100);
    for (JsonNode rule : rules) {
      for (String field : List.of("id", "title", "jurisdiction", "source", "anchor", "limit")) {
        assertThat(rule.path(field).asString("")).as(rule + " " + field).isNotBlank();
      }
      assertThat(rule.path("verified").isBoolean()).isTrue();
      assertThat(rule.path("proposed").isBoolean()).isTrue();
    }
    assertThat(CommandLineProbe.run("obligations", "rules").out())
        .contains(
            "sec-8k-105", "4 business days (us-federal) from materiality", "proposed, not law");
  }

  @Test
  void aDeadlineIsExplainedWithItsArithmeticAcrossTheChangeOfTheClock() {
    var said = explain("gdpr-33", "--fact", "awareness=2027-03-27T10:20:00+01:00[Europe/Paris]");

    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonNode json = said.json();
    assertThat(json.path("applies").asBoolean()).isTrue();
    assertThat(json.path("assumed").asBoolean()).isTrue();
    assertThat(json.path("due").asString()).isEqualTo("2027-03-30T09:20:00Z");
    assertThat(json.path("latest").asString()).isEqualTo("2027-03-30T10:00:00Z");
    assertThat(json.path("why").asString()).startsWith("Applies, assumed");
    assertThat(json.path("arithmetic").toString()).contains("+ 72 h = 2027-03-30T09:20:00Z");
    assertThat(json.path("verified").asBoolean(true)).isFalse();
  }

  @Test
  void theSameIsSaidToPeople() {
    var said =
        CommandLineProbe.run(
            "obligations", "explain", "gdpr-33", "--fact", "awareness=2027-03-27T09:20:00Z");

    assertThat(said.out())
        .contains("Due:    2027-03-30T09:20:00Z", "do not plan with it", "unverified");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-24T10:00:00Z, RUNNING",
    "2026-11-27T00:00:00Z, DUE_SOON",
    "2026-11-27T10:00:01Z, OVERDUE"
  })
  void theStateIsToldOfTheMomentAskedFor(String at, String state) {
    JsonNode json =
        explain("gdpr-33", "--fact", "awareness=2026-11-24T10:00:00Z", "--at", at).json();

    assertThat(json.path("state").asString()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "--submitted, 2026-11-27T10:00:00Z, SUBMITTED",
    "--submitted, 2026-11-27T10:00:01Z, LATE_SUBMITTED",
    "--acknowledged, 2026-11-26T10:00:00Z, ACKNOWLEDGED",
    "--waived, no risk to anybody, WAIVED"
  })
  void whatWasDoneAboutItChangesTheState(String option, String value, String state) {
    JsonNode json =
        explain("gdpr-33", "--fact", "awareness=2026-11-24T10:00:00Z", option, value).json();

    assertThat(json.path("state").asString()).isEqualTo(state);
  }

  @Test
  void aNumberDecidesAndAnUnknownOneIsTakenAsMet() {
    String fact = "determination=2027-01-10T09:00:00-06:00[America/Chicago]";

    JsonNode few = explain("us-tx-ag", "--fact", fact, "--number", "US-TX=249").json();
    assertThat(few.path("applies").asBoolean(true)).isFalse();
    assertThat(few.path("due").isNull()).isTrue();
    assertThat(few.path("why").asString()).contains("249 data subjects in US-TX are not >= 250");
    assertThat(explain("us-tx-ag", "--fact", fact, "--number", "US-TX=250").json().path("applies"))
        .isEqualTo(tools.jackson.databind.node.BooleanNode.TRUE);
    assertThat(explain("us-tx-ag", "--fact", fact).json().path("why").asString())
        .startsWith("Applies, assumed");
  }

  @Test
  void aChainedReportWaitsForTheOneBeforeIt() {
    JsonNode waits = explain("nis2-final", "--fact", "awareness=2027-01-29T17:00:00Z").json();
    assertThat(waits.path("state").asString()).isEqualTo("NOT_STARTED");
    assertThat(waits.path("why").asString()).contains("nis2-notification");
    JsonNode runs =
        explain(
                "nis2-final",
                "--fact",
                "previous-report-submitted=2027-01-31T10:00:00+01:00[Europe/Berlin]")
            .json();
    assertThat(runs.path("due").asString()).isEqualTo("2027-02-28T22:59:59Z");
    assertThat(runs.path("latest").asString()).isEqualTo("2027-03-01T22:59:59Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gdrp-33 | awareness=2026-11-24T10:00:00Z | did you mean \"gdpr-33\"?",
        "gdpr-33 | awarness=2026-11-24T10:00:00Z | did you mean \"awareness\"?",
        "gdpr-33 | awareness | expected: NAME=INSTANT[ZONE]",
        "gdpr-33 | awareness=yesterday | expected: NAME=INSTANT[ZONE]",
        "gdpr-33 | awareness=2026-11-24 | a bare day is not taken for midnight",
        "gdpr-33 | awareness=2026-11-24T10:00:00 | expected: an offset or a zone",
        "gdpr-33 | awareness=2026-11-24T10:00:00Z[Mars/Base] | a time zone such as",
        "gdpr-33 | awareness=2026-11-24T10:00:00+05:00[Europe/Berlin] | has then, +01:00",
        "gdpr-33 | awareness=2027-03-28T02:30:00[Europe/Berlin] | left out",
        "gdpr-33 | awareness=2026-10-25T02:30:00[Europe/Berlin] | there twice",
      })
  void aSlipIsAUsageErrorThatNamesTheWayOut(String rule, String fact, String message) {
    var said = explain(rule, "--fact", fact);

    assertThat(said.exitCode()).isEqualTo(2);
    assertThat(said.err()).contains(message);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void aLocalTimeWithItsZoneIsUnderstood() {
    assertThat(
            explain("gdpr-33", "--fact", "awareness=2026-11-24T10:00[Europe/Berlin]")
                .json()
                .path("due")
                .asString())
        .isEqualTo("2026-11-27T09:00:00Z");
  }

  @Test
  void aCalendarOrNumberThatMakesNoSenseIsRefused() {
    assertThat(explain("nis2-final", "--calendar", "mars").exitCode()).isEqualTo(2);
    assertThat(explain("us-tx", "--number", "US-TX=-1").err()).contains("--number US-TX=-1");
    assertThat(explain("us-tx", "--number", "US-TX=many").exitCode()).isEqualTo(2);
  }

  @Test
  void aRuleOfOnesOwnIsExplainedToo() throws Exception {
    String shipped =
        Files.readString(
            Path.of("src/main/resources/dev/portcullis/obligation/rules/nydfs-72h.yaml"));
    Files.writeString(
        directory.resolve("acme.yaml"),
        shipped.replace("id: nydfs-72h", "id: acme").replace("amount: 72", "amount: 24"));

    JsonNode json =
        explain(
                "acme",
                "--rules",
                directory.toString(),
                "--fact",
                "determination=2026-11-24T10:00:00Z")
            .json();
    assertThat(json.path("due").asString()).isEqualTo("2026-11-25T10:00:00Z");
    Files.writeString(directory.resolve("bad.yaml"), "id: bad\n");
    var refused = explain("acme", "--rules", directory.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("bad.yaml");
  }
}
