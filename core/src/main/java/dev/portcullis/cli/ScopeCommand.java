package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis scope}. */
@Command(
    name = "scope",
    mixinStandardHelpOptions = true,
    description = "Whom and what an incident reached, read anew from the journal.",
    footer = {"", "Example: portcullis scope INC-1 --subjects"})
final class ScopeCommand extends Verb {
  @Parameters(paramLabel = "INC", description = "Its id, such as INC-1")
  String id = "";

  @Option(
      names = "--subjects",
      description = "List the data subjects in clear; noted in the incident's timeline")
  boolean subjects;

  @Override
  JsonNode ask(Connection connection) {
    return connection.get(
        "/api/v1/incidents/" + id + "/scope", subjects ? Map.of("reveal", "true") : Map.of());
  }

  @Override
  void print(JsonNode document, PrintWriter out) {
    JsonNode scope = document.path("scope");
    out.printf(
        "%s: %s data subjects between %s and %s%n",
        text(scope, "incident"),
        text(document, "subject_count"),
        text(scope, "first_hostile"),
        text(scope, "last_hostile"));
    scope
        .path("data_classes")
        .properties()
        .forEach(entry -> out.printf("  %-12s %s subjects%n", entry.getKey(), entry.getValue()));
    out.printf(
        "  %s exchanges answered, %s refused, %s bytes, routes %s%n",
        text(scope, "exchanges"),
        text(scope, "refused"),
        text(scope, "bytes"),
        scope.path("routes"));
    for (JsonNode write : scope.path("writes")) {
      out.printf(
          "  wrote: %s %s %s -> %s%n",
          text(write, "at"), text(write, "method"), text(write, "path"), text(write, "status"));
    }
    for (JsonNode line : scope.path("criteria")) {
      out.println("  counted: " + line.asString());
    }
    for (JsonNode line : scope.path("unknown")) {
      out.println("  NOT KNOWN: " + line.asString());
    }
    if (document.path("revealed").asBoolean()) {
      for (JsonNode subject : document.path("subjects")) {
        out.println("  " + subject.asString());
      }
      if (document.path("erased").asInt() > 0) {
        out.printf("  %s of them were erased since; they still count%n", text(document, "erased"));
      }
    }
  }
}
