package dev.portcullis.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis contain}. */
@Command(
    name = "contain",
    mixinStandardHelpOptions = true,
    description = "Puts a containment order in force: the very next request is refused.",
    footer = {
      "",
      "Examples:",
      "  portcullis contain credential key-4f2a9c1b --reason 'seen in a public repository'",
      "  portcullis contain source 203.0.113.0/24 --reason stuffing --for PT8H --dry-run"
    })
final class ContainCommand extends Verb {
  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description =
          "credential, account, source, route (closed to all), authenticated-route (closed to all"
              + " without a credential) or read-only-route")
  String kind = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      description = "Credential id, account, address or CIDR, route")
  String target = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; needed unless --dry-run")
  String reason = "";

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description = "ISO 8601, such as PT8H (default: P7D)")
  Optional<Duration> expiry = Optional.empty();

  @Option(names = "--incident", paramLabel = "INC", description = "The incident it serves")
  Optional<String> incident = Optional.empty();

  @Option(names = "--dry-run", description = "Only show whom it would have hit in the last hour")
  boolean dryRun;

  @Override
  JsonNode ask(Connection connection) {
    var body = new HashMap<String, Object>();
    body.put("kind", kind);
    body.put("target", target);
    body.put("dry_run", dryRun);
    if (!reason.isEmpty()) {
      body.put("reason", reason);
    }
    expiry.ifPresent(duration -> body.put("expiry", duration.toString()));
    incident.ifPresent(id -> body.put("incident", id));
    return connection.post("/api/v1/orders", body);
  }

  @Override
  void print(JsonNode applied, PrintWriter out) {
    JsonNode preview = applied.path("preview");
    out.printf(
        "In the last hour it would have refused %s exchanges of accounts %s from %s sources%n",
        text(preview, "exchanges"), preview.path("accounts"), preview.path("sources").size());
    out.println(text(preview, "explanation"));
    JsonNode order = applied.path("order");
    if (order.isObject()) {
      out.printf(
          "%s is in force until %s. To lift it: portcullis release %s --reason ...%n",
          text(order, "id"), text(order, "expires_at"), text(order, "id"));
    } else {
      out.println("Dry run: nothing was ordered.");
    }
  }
}
