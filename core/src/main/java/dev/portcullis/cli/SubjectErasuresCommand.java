package dev.portcullis.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code portcullis subject erasures}. */
@Command(
    name = "erasures",
    mixinStandardHelpOptions = true,
    description = "The register of erasures, newest first: when, by whom, why; never whose.",
    footer = {"", "Example: portcullis subject erasures --json"})
final class SubjectErasuresCommand extends Verb {
  @Override
  JsonNode ask(Connection connection) {
    return connection.get("/api/v1/erasures");
  }

  @Override
  void print(JsonNode erasures, PrintWriter out) {
    if (erasures.isEmpty()) {
      out.println("Nobody was erased.");
    }
    for (JsonNode erasure : erasures) {
      out.printf(
          "%-8s %s  %s  %s  request %s  %s%n",
          text(erasure, "id"),
          text(erasure, "at"),
          text(erasure, "pseudonym"),
          text(erasure, "by"),
          text(erasure, "request"),
          text(erasure, "reason"));
    }
  }
}
