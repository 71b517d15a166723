package dev.portcullis.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis restore}. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Brings an asset back to its last good recovery point before a moment or an incident (a"
          + " PostgreSQL server: to that moment itself), into a sandbox unless --live, and verifies"
          + " its content."
    },
    footer = {
      "",
      "Examples:",
      "  portcullis restore clinic-database --before INC-1",
      "  portcullis restore clinic-database --before INC-1 --live --confirm clinic-database"
    })
final class RestoreCommand extends Verb {
  @Parameters(paramLabel = "ASSET", description = "A configured asset")
  String asset = "";

  @Option(
      names = {"--before", "--to"},
      paramLabel = "INC|TIME",
      description = "An incident, or a moment in ISO 8601 (default: now)")
  Optional<String> before = Optional.empty();

  @Option(names = "--into", paramLabel = "TARGET", description = "Where to (default: a sandbox)")
  Optional<Path> into = Optional.empty();

  @Option(names = "--live", description = "Over the live asset, after a safety copy")
  boolean live;

  @Option(
      names = "--confirm",
      paramLabel = "ASSET",
      description = "The asset's name once more; needed with --live")
  String confirm = "";

  @Override
  JsonNode ask(Connection connection) {
    var body = new HashMap<String, Object>();
    before.ifPresent(text -> body.put(text.matches("INC-\\d+") ? "incident" : "before", text));
    into.ifPresent(path -> body.put("into", path.toAbsolutePath().toString()));
    body.put("live", live);
    body.put("confirm", confirm);
    return AssetProgress.during(
        connection, asset, () -> connection.post("/api/v1/assets/" + asset + "/restore", body));
  }

  @Override
  void print(JsonNode report, PrintWriter out) {
    out.printf(
        "%s: %s brought back to %s into %s%n  RPO %s, RTO %s, verified: %s%n",
        text(report, "id"),
        text(report, "asset"),
        text(report.path("point"), "at"),
        text(report, "target"),
        text(report, "recovery_point"),
        text(report, "recovery_time"),
        text(report, "verified"));
    for (JsonNode check : report.path("checks")) {
      out.println("  " + check.asString());
    }
  }
}
