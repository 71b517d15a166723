package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code portcullis journal archive}. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description =
        "Moves all sealed segments into the archive now, however young; the node does it by itself"
            + " when they are old enough (journal.archive.after).",
    footer = {"", "Example: portcullis journal archive"})
final class JournalArchiveCommand extends Verb {
  @Override
  JsonNode ask(Connection connection) {
    return connection.post("/api/v1/journal/archive", Map.of());
  }

  @Override
  void print(JsonNode report, PrintWriter out) {
    out.printf(
        "%s segments with %s records archived: %s bytes became %s%n",
        text(report, "segments"),
        text(report, "records"),
        text(report, "segment_bytes"),
        text(report, "archive_bytes"));
  }
}
