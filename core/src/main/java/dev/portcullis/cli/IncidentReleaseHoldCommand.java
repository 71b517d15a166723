package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis incident release-hold}. */
@Command(
    name = "release-hold",
    mixinStandardHelpOptions = true,
    description = "Releases an incident's legal hold: retention and erasure apply again.",
    footer = {"", "Example: portcullis incident release-hold INC-1 --reason 'settled'"})
final class IncidentReleaseHoldCommand extends Verb {
  @Parameters(paramLabel = "INC", description = "Its id, such as INC-1")
  String id = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why")
  String reason = "";

  @Override
  JsonNode ask(Connection connection) {
    return connection.post("/api/v1/incidents/" + id + "/release-hold", Map.of("reason", reason));
  }

  @Override
  void print(JsonNode hold, PrintWriter out) {
    out.printf("%s on %s is released%n", text(hold, "id"), text(hold, "incident"));
  }
}
