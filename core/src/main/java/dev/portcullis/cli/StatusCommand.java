package dev.portcullis.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code portcullis status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "What is happening now.",
    footer = {"", "Example: portcullis status --json"})
final class StatusCommand extends Verb {
  @Override
  JsonNode ask(Connection connection) {
    return connection.get("/api/v1/status");
  }

  @Override
  void print(JsonNode status, PrintWriter out) {
    out.printf(
        "%s: %s exchanges recorded, %s%n",
        text(status, "node"),
        text(status, "exchanges"),
        status.path("recording").asBoolean()
            ? "recording"
            : "NOT RECORDING: " + text(status, "journal_failure"));
    for (JsonNode incident : status.path("open_incidents")) {
      out.printf(
          "incident  %-8s %-10s %s%n",
          text(incident, "id"), text(incident, "state"), text(incident, "title"));
    }
    for (JsonNode order : status.path("orders_in_force")) {
      out.printf(
          "order     %-8s %-18s %s until %s%n",
          text(order, "id"), text(order, "kind"), text(order, "target"), text(order, "expires_at"));
    }
    for (JsonNode clock : status.path("clocks")) {
      out.printf(
          "clock     %-8s %-18s due %s%n",
          text(clock, "incident"), text(clock, "rule"), text(clock, "due"));
    }
    for (JsonNode asset : status.path("assets")) {
      out.printf(
          "asset     %-18s %s recovery points, last %s%n",
          text(asset, "name"), text(asset, "recovery_points"), text(asset.path("last"), "at"));
      for (JsonNode finding : asset.path("findings")) {
        out.println("  finding " + finding.asString());
      }
    }
  }
}
