package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code portcullis subject find}. */
@Command(
    name = "find",
    mixinStandardHelpOptions = true,
    description = {
      "What the journal holds of a data subject (GDPR Art. 15): how many exchanges, since when, on",
      "which routes, to which accounts. Reads the whole journal."
    },
    footer = {"", "Example: portcullis subject find - --json"})
final class SubjectFindCommand extends Verb {
  @Mixin SubjectName subject = new SubjectName();

  @Override
  JsonNode ask(Connection connection) {
    return connection.post("/api/v1/subjects/find", Map.of("subject", subject.text()));
  }

  @Override
  void print(JsonNode found, PrintWriter out) {
    if (!found.path("pseudonym").isString()) {
      out.println("Not known: nothing is recorded of that data subject, or it was erased.");
      return;
    }
    out.printf(
        "Known as %s: %s exchanges between %s and %s%n",
        text(found, "pseudonym"),
        text(found, "exchanges"),
        text(found, "first"),
        text(found, "last"));
    found
        .path("routes")
        .properties()
        .forEach(each -> out.printf("  route   %-24s %s%n", each.getKey(), each.getValue()));
    found
        .path("accounts")
        .properties()
        .forEach(each -> out.printf("  account %-24s %s%n", each.getKey(), each.getValue()));
    out.printf("  data classes %s%n", found.path("data_classes"));
    if (found.path("unknown").isString()) {
      out.println("  NOT KNOWN: " + text(found, "unknown"));
    }
  }
}
