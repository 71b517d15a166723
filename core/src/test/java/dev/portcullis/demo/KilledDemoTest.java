package dev.portcullis.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.portcullis.api.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KilledDemoTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path directory;

  @Test
  void killedInTheMiddleOfTheAttackItGoesOnWithEverythingThatWasAnswered() throws Exception {
    Path first = directory.resolve("first.log");
    Process killed = demo(first);
    await().atMost(PATIENCE).until(() -> !killed.isAlive() || attackerWasServed() >= 4);
    assertThat(killed.isAlive()).as(Files.readString(first)).isTrue();
    killed.destroyForcibly().waitFor();
    long answered = attackerWasServed();

    Path second = directory.resolve("second.log");
    Process again = demo(second);
    assertThat(again.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    String story = Files.readString(second);
    assertThat(again.exitValue()).as(story).isZero();
    assertThat(story).contains("an earlier run was interrupted");
    JsonNode result = lastLine(story);
    assertThat(result.path("requests_served_after_order").asInt()).isZero();
    assertThat(result.path("scope").path("true_subjects").asLong())
        .isGreaterThanOrEqualTo(answered - 1);
    assertThat(result.path("scope").path("precision").asDouble()).isEqualTo(1);
    // one request may have been in the gate when it was killed: the API had answered, the gate had
    // not
    JsonNode scope = result.path("scope");
    assertThat(scope.path("true_subjects").asInt() - scope.path("subjects").asInt())
        .isBetween(0, 1);
    assertThat(result.path("journal_verified").asBoolean()).isTrue();
  }

  private long attackerWasServed() throws IOException {
    Path log = directory.resolve("demo/clinic/clinic-access.db");
    if (!Files.exists(log)) {
      return 0;
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + log);
        var query =
            connection.prepareStatement(
                "SELECT count(DISTINCT request) FROM access WHERE source = ? AND status = 200")) {
      query.setString(1, Demo.ATTACKER);
      try (var rows = query.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    } catch (SQLException notYet) {
      return 0; // the log is being made
    }
  }

  private Process demo(Path log) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.portcullis.cli.Main",
                "demo",
                "--once",
                "--json",
                "--dir",
                directory.resolve("demo").toString()))
        .redirectErrorStream(true)
        .redirectOutput(new File(log.toString()))
        .start();
  }

  private static JsonNode lastLine(String story) {
    String line =
        story.lines().filter(text -> text.startsWith("{")).reduce((a, b) -> b).orElseThrow();
    return Json.parse(line.getBytes(StandardCharsets.UTF_8));
  }
}
