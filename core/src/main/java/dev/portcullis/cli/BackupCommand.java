package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis backup}. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description =
        "Takes a backup of an asset now; or tells how all backups are doing; or stops one.",
    footer = {
      "",
      "Examples:",
      "  portcullis backup clinic-database",
      "  portcullis backup --list",
      "  portcullis backup clinic-database --cancel"
    })
final class BackupCommand extends Verb {
  @Parameters(paramLabel = "ASSET", arity = "0..1", description = "A configured asset")
  Optional<String> asset = Optional.empty();

  @Option(
      names = "--list",
      description = "How all are doing, destination by destination, and whether 3-2-1-1-0 holds")
  boolean list;

  @Option(names = "--cancel", description = "Stops the asset's backup or restore that runs")
  boolean cancel;

  @Override
  JsonNode ask(Connection connection) {
    if (list) {
      return connection.get("/api/v1/backups");
    }
    String name =
        asset.orElseThrow(() ->
            new ParameterException(spec.commandLine(), "Expected the name of an asset, or --list"));
    if (cancel) {
      return connection.post("/api/v1/assets/" + name + "/cancel", Map.of());
    }
    return AssetProgress.during(
        connection, name, () -> connection.post("/api/v1/assets/" + name + "/backup", Map.of()));
  }

  @Override
  void print(JsonNode answer, PrintWriter out) {
    if (list) {
      answer.forEach(backups -> print(backups, out, text(backups, "asset")));
    } else if (cancel) {
      out.println(answer.path("cancelled").asBoolean() ? "It stops" : "Nothing runs");
    } else {
      out.printf(
          "Recovery point %s: %s bytes at %s, content %s%n",
          text(answer, "id"),
          text(answer, "bytes"),
          text(answer, "place"),
          text(answer, "content"));
    }
  }

  private static void print(JsonNode backups, PrintWriter out, String name) {
    JsonNode rule = backups.path("rule");
    out.printf(
        "%s: 3-2-1-1-0 %s%n",
        name, rule.path("missing").isEmpty() ? "fulfilled" : "not fulfilled, missing:");
    rule.path("missing").forEach(missing -> out.println("  missing " + missing.asString()));
    for (JsonNode destination : backups.path("destinations")) {
      out.printf(
          "  %-12s last good %s, %s bytes, %s new, %s sent  (%s)%n",
          text(destination, "name"),
          text(destination, "last_good"),
          text(destination, "bytes"),
          text(destination, "added"),
          text(destination, "packed"),
          text(destination, "place"));
    }
    backups.path("findings").forEach(finding -> out.println("  finding " + finding.asString()));
  }
}
