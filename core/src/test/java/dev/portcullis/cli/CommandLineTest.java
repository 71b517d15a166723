package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path directory;

  @Test
  void everyCommandHasHelpWithAnExample() {
    var without = new ArrayList<String>();
    collect(Main.commandLine(), without);
    assertThat(without).isEmpty();
  }

  private static void collect(CommandLine line, List<String> without) {
    String help = line.getUsageMessage(CommandLine.Help.Ansi.OFF);
    boolean isHelp = line.getCommandName().equals("help");
    boolean isRoot = line.getParent() == null;
    if (!isHelp && !isRoot && !help.contains("Example")) {
      without.add(line.getCommandSpec().qualifiedName());
    }
    line.getSubcommands().values().forEach(sub -> collect(sub, without));
  }

  @Test
  void aStarterFileIsValidAndIsNotOverwritten() throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    assertThat(CommandLineProbe.run("init", file.toString()).exitCode()).isZero();
    assertThat(CommandLineProbe.run("check", "-c", file.toString()).exitCode()).isZero();
    String before = Files.readString(file);
    var again = CommandLineProbe.run("init", file.toString());
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("exists already");
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void aMistakeIsNamedWithLineAndWayOut() throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    CommandLineProbe.run("init", file.toString());
    Files.writeString(
        file, Files.readString(file).replace("inspection: refuse ", "inspektion: refuse "));
    var check = CommandLineProbe.run("check", "-c", file.toString());
    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.err()).contains("portcullis.yaml:").contains("inspection");
    var json = CommandLineProbe.run("check", "-c", file.toString(), "--json");
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(json.json().path("valid").asBoolean(true)).isFalse();
    assertThat(json.json().path("problems").get(0).path("line").asInt()).isPositive();
  }

  @Test
  void withoutAConfigurationItSaysHowToGetOne() {
    var said =
        CommandLineProbe.run("incident", "list", "-c", directory.resolve("no.yaml").toString());
    assertThat(said.exitCode()).isEqualTo(1);
    assertThat(said.err()).contains("no.yaml");
  }

  @Test
  void anUnknownVerbIsAUsageError() {
    assertThat(CommandLineProbe.run("fly").exitCode()).isEqualTo(2);
  }

  @Test
  void theStateOfAStoppedNodeCanBeActedOn() throws Exception {
    Path file = directory.resolve("portcullis.yaml");
    CommandLineProbe.run("init", file.toString());
    String config = file.toString();
    var issued = CommandLineProbe.run("credential", "issue", "mobile-app", "-c", config, "--json");
    assertThat(issued.exitCode()).as(issued.err()).isZero();
    String id = issued.json().path("id").asString();
    var contained =
        CommandLineProbe.run(
            "contain", "credential", id, "--reason", "lost", "-c", config, "--json");
    assertThat(contained.exitCode()).as(contained.err()).isZero();
    var status = CommandLineProbe.run("status", "-c", config, "--json");
    assertThat(status.json().path("orders_in_force")).hasSize(1);
    var unknown = CommandLineProbe.run("credential", "issue", "nobody", "-c", config);
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("nobody");
  }
}
