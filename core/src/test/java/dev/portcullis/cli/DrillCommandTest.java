package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DrillCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theListSaysWhatIsNoticedTodayAndWhatIsNot() {
    assertThat(execute("drill", "list")).isZero();
    assertThat(out.toString())
        .containsPattern("optus-2022 +C +held")
        .containsPattern("linkedin-2021 +L +missed")
        .containsPattern("marketing-mail +C +silent");
  }

  @Test
  void aRunPrintsForMachinesWhatItPromises() {
    assertThat(execute("drill", "run", "optus-2022", "--json")).isZero();
    JsonNode result = Json.parse(out.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(result.path("noticed_after_requests").asInt()).isBetween(1, 300);
    assertThat(result.path("noticed_after_subjects").asInt()).isBetween(1, 300);
    assertThat(result.path("contained_after_subjects").asInt()).isBetween(1, 300);
    assertThat(result.path("subjects_total").asInt()).isGreaterThan(8_000);
    assertThat(result.path("signals").path("anonymous-walk").asInt()).isPositive();
    assertThat(result.path("false_incidents").asInt(-1)).isZero();
    assertThat(result.path("scope").path("precision").asDouble()).isGreaterThan(0.9);
    assertThat(result.path("scope").path("recall").asDouble()).isGreaterThan(0.9);
  }

  @Test
  void aMissedBreachIsNoSuccess() {
    assertThat(execute("drill", "run", "linkedin-2021")).isEqualTo(1);
    assertThat(out.toString()).contains("missed").contains("not held");
  }

  @Test
  void aScenarioThatIsNotThereIsAskedFor() {
    assertThat(execute("drill", "run", "nonesuch")).isEqualTo(1);
    assertThat(err.toString()).contains("portcullis drill list");
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
