package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code portcullis data}. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Which personal data routes carry.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: portcullis data propose"},
    subcommands = DataCommand.ProposeCommand.class)
final class DataCommand {

  /** {@code portcullis data propose}. */
  @Command(
      name = "propose",
      mixinStandardHelpOptions = true,
      description = {
        "Proposes a configuration for routes that have none of data: the running node looks at"
            + " samples of their JSON responses and counts what looks like personal data. Prints"
            + " YAML to paste into portcullis.yaml after a person has read it."
      },
      footer = {"", "Example: portcullis data propose -c portcullis.yaml"})
  static final class ProposeCommand extends Verb {
    @Override
    JsonNode ask(Connection connection) {
      return connection.get("/api/v1/data/proposals");
    }

    @Override
    void print(JsonNode answer, PrintWriter out) {
      JsonNode proposals = answer.path("proposals");
      if (proposals.isEmpty()) {
        out.printf(
            "# Nothing was sampled yet. Samples are taken by a running node of the JSON responses"
                + " of routes without `data`; there are %d of these.%n",
            answer.path("unconfigured").size());
        return;
      }
      out.println("# Proposed from samples: read it, then paste each data below its route.");
      out.println("routes:");
      proposals.forEach(proposal -> route(proposal, out));
    }

    private static void route(JsonNode proposal, PrintWriter out) {
      out.printf(
          "  - name: %s   # %s responses were looked at%n",
          text(proposal, "route"), text(proposal, "samples"));
      Map<String, List<JsonNode>> classes = new TreeMap<>();
      for (JsonNode path : proposal.path("paths")) {
        classes.computeIfAbsent(text(path, "data_class"), absent -> new ArrayList<>()).add(path);
      }
      if (classes.isEmpty() && proposal.path("subjects").isEmpty()) {
        out.println("    # nothing in them looked like personal data");
        return;
      }
      out.println("    data:");
      if (proposal.path("subjects").isEmpty()) {
        out.println(
            "      # subjects: [...]   # nothing looked like whom it is about: say it here");
      } else {
        out.println("      subjects:");
        proposal
            .path("subjects")
            .forEach(path -> out.printf("        - %s%n", quoted(path.asString())));
      }
      if (!classes.isEmpty()) {
        out.println("      classes:");
      }
      classes.forEach((name, paths) -> {
        out.printf("        %s:%n", name);
        paths.forEach(path ->
            out.printf(
                "          - %s   # %s: %s of %s values%n",
                quoted(text(path, "path")),
                text(path, "kind"),
                text(path, "matching"),
                text(path, "values")));
      });
    }

    private static String quoted(String path) {
      return "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  }
}
