package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis incident hold}. */
@Command(
    name = "hold",
    mixinStandardHelpOptions = true,
    description = {
      "Places a legal hold: what proves the incident is kept, whatever its age, and whom it",
      "reached is not erased, until the hold is released or has run out."
    },
    footer = {"", "Example: portcullis incident hold INC-1 --reason 'claim 4 O 17/26'"})
final class IncidentHoldCommand extends Verb {
  @Parameters(paramLabel = "INC", description = "Its id, such as INC-1")
  String id = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why")
  String reason = "";

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      description = "When it runs out: 2027-12-31 or 2027-12-31T12:00:00Z (default: never)")
  Optional<String> until = Optional.empty();

  @Override
  JsonNode ask(Connection connection) {
    var body = new HashMap<String, Object>();
    body.put("reason", reason);
    until.ifPresent(when -> body.put("until", when));
    return connection.post("/api/v1/incidents/" + id + "/hold", body);
  }

  @Override
  void print(JsonNode hold, PrintWriter out) {
    String end = text(hold, "until");
    out.printf(
        "%s holds %s %s%n",
        text(hold, "id"),
        text(hold, "incident"),
        end.equals("-") ? "until it is released" : "until " + end);
  }
}
