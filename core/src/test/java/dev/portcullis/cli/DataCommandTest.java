package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.api.Json;
import dev.portcullis.gate.propose.RouteProposal;
import dev.portcullis.gate.propose.RouteProposal.PathProposal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is proposed can be pasted, and what a document says can be seen. */
class DataCommandTest {
  @TempDir Path directory;

  private Path starter() {
    Path file = directory.resolve("portcullis.yaml");
    CommandLineProbe.run("init", file.toString());
    return file;
  }

  @Test
  void whileNothingWasSampledItSaysWhereSamplesComeFrom() {
    String file = starter().toString();
    var said = CommandLineProbe.run("data", "propose", "-c", file);
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).contains("Nothing was sampled yet", "running node");
    var json = CommandLineProbe.run("data", "propose", "-c", file, "--json");
    assertThat(json.json().path("unconfigured").get(0).asString()).isEqualTo("health");
    assertThat(json.json().path("proposals").isEmpty()).isTrue();
  }

  @Test
  void whatIsPrintedIsAConfiguration() throws Exception {
    var proposal =
        new RouteProposal(
            "health",
            3,
            List.of("$.items[*]['a \"b\"']"),
            List.of(new PathProposal("$.mail", "contact", "e-mail address", 9, 10)));
    var text = new StringWriter();
    new DataCommand.ProposeCommand()
        .print(
            Json.tree(Map.of("unconfigured", List.of(), "proposals", List.of(proposal))),
            new PrintWriter(text, true));
    assertThat(text.toString()).contains("$.mail\"   # e-mail address: 9 of 10 values");
    Path file = starter();
    String data = text.toString().substring(text.toString().indexOf("    data:"));
    Files.writeString(
        file,
        Files.readString(file).replace("    path: /healthz\n", "    path: /healthz\n" + data));
    var check = CommandLineProbe.run("check", "-c", file.toString());
    assertThat(check.exitCode()).as(check.err()).isZero();
  }

  @Test
  void whatADocumentSaysIsShown() throws Exception {
    Files.writeString(
        directory.resolve("api.yaml"),
        """
        openapi: 3.1.0
        paths:
          /healthz:
            get:
              responses:
                200:
                  content:
                    application/json:
                      schema:
                        properties:
                          id: {x-data-subject: true}
                          state: {x-data-class: health}
        """);
    Path file = starter();
    Files.writeString(file, "openapi: ./api.yaml\n" + Files.readString(file));
    var check = CommandLineProbe.run("check", "-c", file.toString());
    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(check.out())
        .contains("health: GET response: subject $.id", "health: GET response: health $.state");
    var json = CommandLineProbe.run("check", "-c", file.toString(), "--json");
    assertThat(json.json().at("/derived/health/GET/response/classes/health/0").asString())
        .isEqualTo("$.state");
  }
}
