package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis release}. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = "Lifts a containment order.",
    footer = {"", "Example: portcullis release ORD-1 --reason 'key was rotated'"})
final class ReleaseCommand extends Verb {
  @Parameters(paramLabel = "ORD", description = "Its id, such as ORD-1")
  String id = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why")
  String reason = "";

  @Override
  JsonNode ask(Connection connection) {
    return connection.post("/api/v1/orders/" + id + "/release", Map.of("reason", reason));
  }

  @Override
  void print(JsonNode order, PrintWriter out) {
    out.printf(
        "%s is lifted: %s %s%n", text(order, "id"), text(order, "kind"), text(order, "target"));
  }
}
