package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code portcullis journal retention}. */
@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description =
        "Removes from the archive what has outlived its period (journal.retention) and is under no"
            + " legal hold, and records it in the journal. The node does it every hour.",
    footer = {"", "Example: portcullis journal retention --dry-run"})
final class JournalRetentionCommand extends Verb {
  @Option(names = "--dry-run", description = "Only tell what would be removed")
  boolean dryRun;

  @Override
  JsonNode ask(Connection connection) {
    return dryRun
        ? connection.get("/api/v1/journal/retention")
        : connection.post("/api/v1/journal/retention", Map.of());
  }

  @Override
  void print(JsonNode report, PrintWriter out) {
    out.printf("Rule: %s%n", text(report, "rule"));
    out.printf(
        "%s exchanges %s; %s held%n",
        text(report, "exchanges"),
        report.path("preview").asBoolean() ? "would be removed" : "removed",
        text(report, "held"));
    for (JsonNode file : report.path("files")) {
      out.printf(
          "  %s: %s go, %s stay%n",
          text(file, "name"), text(file, "exchanges"), text(file, "remaining"));
    }
    if (report.path("deferred").asInt() > 0) {
      out.printf(
          "%s files are left for the next run: their record was not signed in time%n",
          text(report, "deferred"));
    }
  }
}
