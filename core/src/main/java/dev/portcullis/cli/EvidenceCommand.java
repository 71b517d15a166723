package dev.portcullis.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis evidence}. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description = "Evidence of an incident: export it, verify an archive, list what was exported.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Example: portcullis evidence export INC-1 --to inc-1.zip --reason 'requested by the police'"
    },
    subcommands = {
      EvidenceExportCommand.class,
      EvidenceVerifyCommand.class,
      EvidenceCommand.ListCommand.class
    })
final class EvidenceCommand {

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The register of custody of an incident: every archive made of it.",
      footer = {"", "Example: portcullis evidence list INC-1"})
  static final class ListCommand extends Verb {
    @Parameters(paramLabel = "INC", description = "Its id, such as INC-1")
    String id = "";

    @Override
    JsonNode ask(Connection connection) {
      return connection.get("/api/v1/incidents/" + id + "/evidence");
    }

    @Override
    void print(JsonNode exports, PrintWriter out) {
      if (exports.isEmpty()) {
        out.println("Nothing of " + id + " was exported.");
      }
      for (JsonNode export : exports) {
        EvidenceCommand.print(export, out);
      }
    }
  }

  static void print(JsonNode export, PrintWriter out) {
    out.printf(
        "%-7s %s  by %s: %s%n        %s exchanges, %s gaps, data subjects %s%s%n        %s%n        SHA-256 %s%n",
        Verb.text(export, "id"),
        Verb.text(export, "at"),
        Verb.text(export, "collected_by"),
        Verb.text(export, "reason"),
        Verb.text(export, "exchanges"),
        Verb.text(export, "gaps"),
        export.path("subjects_in_clear").asBoolean() ? "IN CLEAR" : "as pseudonyms",
        export.path("unproven").asLong() == 0
            ? ""
            : ", " + Verb.text(export, "unproven") + " records NOT PROVED",
        Verb.text(export, "file"),
        Verb.text(export, "sha256"));
  }
}
