package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis incident}. */
@Command(
    name = "incident",
    mixinStandardHelpOptions = true,
    description = "Incidents: list, show, hold, close.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: portcullis incident show INC-1"},
    subcommands = {
      IncidentCommand.ListCommand.class,
      IncidentCommand.ShowCommand.class,
      IncidentHoldCommand.class,
      IncidentReleaseHoldCommand.class,
      IncidentCommand.CloseCommand.class
    })
final class IncidentCommand {

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All incidents, newest first.",
      footer = {"", "Example: portcullis incident list --json"})
  static final class ListCommand extends Verb {
    @Override
    JsonNode ask(Connection connection) {
      return connection.get("/api/v1/incidents");
    }

    @Override
    void print(JsonNode incidents, PrintWriter out) {
      if (incidents.isEmpty()) {
        out.println("No incidents.");
      }
      for (JsonNode incident : incidents) {
        out.printf(
            "%-8s %-10s %-8s %s  %s%n",
            text(incident, "id"),
            text(incident, "state"),
            text(incident, "severity"),
            text(incident, "opened_at"),
            text(incident, "title"));
      }
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "One incident: timeline, scope, orders, clocks, notices, restores.",
      footer = {"", "Example: portcullis incident show INC-1 --json"})
  static final class ShowCommand extends Verb {
    @Parameters(paramLabel = "INC", description = "Its id, such as INC-1")
    String id = "";

    @Override
    JsonNode ask(Connection connection) {
      return connection.get("/api/v1/incidents/" + id);
    }

    @Override
    void print(JsonNode document, PrintWriter out) {
      JsonNode incident = document.path("incident");
      out.printf(
          "%s  %s  %s  %s%n%n",
          text(incident, "id"),
          text(incident, "state"),
          text(incident, "severity"),
          text(incident, "title"));
      for (JsonNode entry : document.path("timeline")) {
        out.printf(
            "  %s  %-12s %-9s %s%n",
            text(entry, "at"), text(entry, "author"), text(entry, "kind"), text(entry, "text"));
      }
      for (JsonNode hold : document.path("holds")) {
        out.printf(
            "%nLegal hold %s since %s by %s, until %s, released %s: %s%n",
            text(hold, "id"),
            text(hold, "placed_at"),
            text(hold, "placed_by"),
            text(hold, "until"),
            text(hold.path("release"), "at"),
            text(hold, "reason"));
      }
      JsonNode scope = document.path("scope");
      if (scope.isObject()) {
        out.printf(
            "%nScope: %s data subjects, classes %s, %s exchanges, %s writes%n",
            text(scope, "subject_count"),
            scope.path("scope").path("data_classes"),
            text(scope.path("scope"), "exchanges"),
            scope.path("scope").path("writes").size());
      }
      for (JsonNode order : document.path("orders")) {
        out.printf(
            "Order:  %s %s %s%n", text(order, "id"), text(order, "kind"), text(order, "target"));
      }
      for (JsonNode clock : document.path("clocks")) {
        out.printf(
            "Clock:  %s %s due %s%n",
            text(clock, "rule"), text(clock, "state"), text(clock, "due"));
      }
      for (JsonNode notice : document.path("notices")) {
        out.printf(
            "Notice: %s %s to %s: %s%n",
            text(notice, "id"),
            text(notice, "state"),
            text(notice, "recipient"),
            text(notice, "subject"));
      }
      for (JsonNode restore : document.path("restores")) {
        out.printf(
            "Restore: %s %s verified=%s RPO %s RTO %s%n",
            text(restore, "id"),
            text(restore, "asset"),
            text(restore, "verified"),
            text(restore, "recovery_point"),
            text(restore, "recovery_time"));
      }
    }
  }

  @Command(
      name = "close",
      mixinStandardHelpOptions = true,
      description = "Closes an incident, with a reason.",
      footer = {"", "Example: portcullis incident close INC-1 --reason 'reviewed on 3 March'"})
  static final class CloseCommand extends Verb {
    @Parameters(paramLabel = "INC", description = "Its id, such as INC-1")
    String id = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why")
    String reason = "";

    @Override
    JsonNode ask(Connection connection) {
      return connection.post("/api/v1/incidents/" + id + "/close", Map.of("reason", reason));
    }

    @Override
    void print(JsonNode incident, PrintWriter out) {
      out.println(text(incident, "id") + " is " + text(incident, "state"));
    }
  }
}
