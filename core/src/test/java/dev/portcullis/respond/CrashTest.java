package dev.portcullis.respond;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.incident.IncidentState;
import dev.portcullis.incident.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A killed process loses nothing that it had decided, and does nothing twice that it recorded. */
class CrashTest {
  @TempDir Path directory;
  private final ListedBlocklist gate = new ListedBlocklist();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signal:accepted",
        "order:persisted",
        "scope:before",
        "scope:after",
        "obligations:before",
        "obligations:after",
        "notify:before",
        "notify:after",
        "restore:before",
        "restore:after",
        "post-mortem:before",
        "post-mortem:after"
      })
  void afterAKillAtAnyMomentTheResponseIsCompleted(String moment) throws Exception {
    assertThat(killedAt(moment)).isEqualTo(CrashingNode.DEAD);
    var effects = new Effects(directory.resolve("effects"), ignored -> {});
    List<String> before = effects.seen();

    try (var scene = new Scene(directory, gate, new MemoryJournal(), effects.actions())) {
      if (!moment.equals("signal:accepted")) {
        assertThat(gate.match("key-1", "northside"))
            .as("in force before anything runs")
            .isPresent();
      }
      var recorded =
          scene.responder.progress("INC-1").stream()
              .filter(step -> step.state() == StepState.DONE)
              .map(StepProgress::step)
              .toList();
      scene.responder.resume();
      assertThat(scene.responder.awaitIdle("INC-1", Duration.ofSeconds(60))).isTrue();

      assertThat(gate.match("key-1", "northside")).isPresent();
      assertThat(scene.containment.list()).hasSize(1);
      assertThat(scene.responder.progress("INC-1"))
          .hasSize(6)
          .allMatch(step -> step.state() == StepState.DONE);
      assertThat(scene.desk.find("INC-1").orElseThrow().state()).isEqualTo(IncidentState.RECOVERED);
      for (String step : List.of("scope", "obligations", "notify", "restore", "post-mortem")) {
        int once = moment.equals(step + ":after") ? 2 : 1;
        assertThat(count(effects.seen(), step)).as(step).isEqualTo(once);
        if (recorded.contains(step)) {
          assertThat(count(before, step)).as(step + " was recorded").isEqualTo(1);
        }
      }
      List<String> lines = scene.desk.timeline("INC-1").stream().map(TimelineEntry::text).toList();
      assertThat(new HashSet<>(lines)).as("no line twice: %s", lines).hasSameSizeAs(lines);
      assertThat(lines).filteredOn(line -> line.startsWith("ORD-1 in force until")).hasSize(1);
    }
  }

  @Test
  void aStepThatKillsTheProcessEachTimeIsGivenUpAndTheLaterOnesAreDone() throws Exception {
    for (int round = 0; round < Responder.MAX_ATTEMPTS; round++) {
      assertThat(killedAt("obligations:before")).isEqualTo(CrashingNode.DEAD);
    }
    assertThat(killedAt("obligations:before")).as("not attempted any more").isZero();

    var effects = new Effects(directory.resolve("effects"), ignored -> {});
    try (var scene = new Scene(directory, gate, new MemoryJournal(), effects.actions())) {
      assertThat(scene.responder.progress("INC-1"))
          .filteredOn(step -> step.state() == StepState.FAILED)
          .singleElement()
          .satisfies(step -> {
            assertThat(step.step()).isEqualTo("obligations");
            assertThat(step.text()).isEqualTo("broke off 3 times: needs a person");
          });
      assertThat(count(effects.seen(), "post-mortem")).isEqualTo(1);
    }
  }

  private static long count(List<String> effects, String step) {
    return effects.stream().filter(line -> line.startsWith("INC-1 " + step)).count();
  }

  private int killedAt(String moment) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashingNode.class.getName(),
                directory.toString(),
                moment)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("child.log").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the process ended").isTrue();
    return process.exitValue();
  }
}
