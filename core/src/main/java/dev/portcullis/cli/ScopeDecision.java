package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What {@code portcullis scope accept} and {@code reject} have in common. */
abstract class ScopeDecision extends Verb {
  @Parameters(index = "0", paramLabel = "INC", description = "The incident, such as INC-1")
  String id = "";

  @Parameters(index = "1", paramLabel = "PIVOT", description = "As scope pivots names it: P3")
  String pivot = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why")
  String reason = "";

  private final String verb;

  ScopeDecision(String verb) {
    this.verb = verb;
  }

  @Override
  JsonNode ask(Connection connection) {
    return connection.post(
        "/api/v1/incidents/" + id + "/scope/pivots/" + pivot + "/" + verb,
        Map.of("reason", reason));
  }

  @Override
  void print(JsonNode document, PrintWriter out) {
    JsonNode scope = document.path("scope");
    out.printf(
        "%s: %s data subjects, %s exchanges; %s%n",
        text(scope, "incident"),
        text(document, "subject_count"),
        text(scope, "exchanges"),
        document.path("closed").asBoolean()
            ? "closed: no pivot is undecided"
            : text(document, "undecided") + " pivots undecided");
  }

  /** {@code portcullis scope accept}. */
  @Command(
      name = "accept",
      mixinStandardHelpOptions = true,
      description = "It belongs to the breach: the scope grows by it and is determined again.",
      footer = {"", "Example: portcullis scope accept INC-1 P3 --reason 'the same tool'"})
  static final class AcceptCommand extends ScopeDecision {
    AcceptCommand() {
      super("accept");
    }
  }

  /** {@code portcullis scope reject}. */
  @Command(
      name = "reject",
      mixinStandardHelpOptions = true,
      description = "It does not belong to the breach, and is not proposed again.",
      footer = {"", "Example: portcullis scope reject INC-1 P4 --reason 'our own monitoring'"})
  static final class RejectCommand extends ScopeDecision {
    RejectCommand() {
      super("reject");
    }
  }
}
