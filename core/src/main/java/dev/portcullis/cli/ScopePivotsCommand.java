package dev.portcullis.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis scope pivots}. */
@Command(
    name = "pivots",
    mixinStandardHelpOptions = true,
    description = {
      "What is tied to an incident and may belong to it, with reason and strength (0 to 1); decided"
          + " on with scope accept and scope reject."
    },
    footer = {"", "Example: portcullis scope pivots INC-1 --json"})
final class ScopePivotsCommand extends Verb {
  @Parameters(paramLabel = "INC", description = "The incident, such as INC-1")
  String id = "";

  @Override
  JsonNode ask(Connection connection) {
    return connection.get("/api/v1/incidents/" + id + "/scope/pivots");
  }

  @Override
  void print(JsonNode pivots, PrintWriter out) {
    if (pivots.isEmpty()) {
      out.println("No pivots: nothing is tied to what is known to be hostile.");
    }
    for (JsonNode pivot : pivots) {
      ScopeText.printPivot(pivot, out);
    }
  }
}
