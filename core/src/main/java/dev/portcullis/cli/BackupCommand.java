package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Takes a backup of an asset now.",
    footer = {"", "Example: portcullis backup clinic-database"})
final class BackupCommand extends Verb {
  @Parameters(paramLabel = "ASSET", description = "A configured asset")
  String asset = "";

  @Override
  JsonNode ask(Connection connection) {
    return connection.post("/api/v1/assets/" + asset + "/backup", Map.of());
  }

  @Override
  void print(JsonNode point, PrintWriter out) {
    out.printf(
        "Recovery point %s: %s bytes at %s, content %s%n",
        text(point, "id"), text(point, "bytes"), text(point, "file"), text(point, "content"));
  }
}
