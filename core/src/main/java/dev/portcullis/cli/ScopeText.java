package dev.portcullis.cli;

import static dev.portcullis.cli.Verb.text;

import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** A scope for people. */
final class ScopeText {
  private ScopeText() {}

  static void print(JsonNode document, PrintWriter out) {
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
        "  %s exchanges answered, %s refused, %s unchanged (304), %s records, %s bytes, routes %s, upstreams %s%n",
        text(scope, "exchanges"),
        text(scope, "refused"),
        text(scope, "not_modified"),
        text(scope, "records"),
        text(scope, "bytes"),
        scope.path("routes"),
        scope.path("upstreams"));
    printSplit(scope.path("split"), out);
    for (JsonNode write : scope.path("writes")) {
      out.printf(
          "  wrote: %s %s %s -> %s%s%n",
          text(write, "at"),
          text(write, "method"),
          text(write, "path"),
          text(write, "status"),
          write.path("subjects").isEmpty()
              ? ""
              : ", about " + write.path("subjects").size() + " people");
    }
    for (JsonNode line : scope.path("criteria")) {
      out.println("  counted: " + line.asString());
    }
    for (JsonNode line : scope.path("unknown")) {
      out.println("  NOT KNOWN: " + line.asString());
    }
    out.printf(
        "  %s; determined at %s, %s exchanges since%n",
        document.path("closed").asBoolean()
            ? "closed: no pivot is undecided"
            : text(document, "undecided") + " pivots undecided: portcullis scope pivots",
        text(scope, "computed_at"),
        text(document, "since"));
    if (document.path("revealed").asBoolean()) {
      for (JsonNode subject : document.path("subjects")) {
        out.println("  " + subject.asString());
      }
      if (document.path("erased").asInt() > 0) {
        out.printf("  %s of them were erased since; they still count%n", text(document, "erased"));
      }
    }
  }

  private static void printSplit(JsonNode split, PrintWriter out) {
    for (String whose : new String[] {"thief", "owner", "undetermined"}) {
      JsonNode part = split.path(whose);
      out.printf(
          "  %-12s %s exchanges, %s refused, %s subjects%n",
          whose, text(part, "exchanges"), text(part, "refused"), text(part, "subjects"));
    }
    for (JsonNode line : split.path("basis")) {
      out.println("    " + line.asString());
    }
  }

  static void printPivot(JsonNode pivot, PrintWriter out) {
    out.printf(
        "%-5s %-10s %.2f  %-9s %s uses with %s: %s%n      %s%n      %s exchanges, %s subjects since the breach began; first %s%n",
        text(pivot, "id"),
        text(pivot, "state").toLowerCase(java.util.Locale.ROOT),
        pivot.path("strength").asDouble(),
        text(pivot, "kind").toLowerCase(java.util.Locale.ROOT),
        text(pivot, "uses"),
        text(pivot, "shared"),
        pivot.path("others"),
        text(pivot, "reason"),
        text(pivot, "exchanges"),
        text(pivot, "subjects"),
        text(pivot, "first"));
    JsonNode decision = pivot.path("decision");
    if (decision.isObject()) {
      out.printf(
          "      by %s at %s: %s%n",
          text(decision, "by"), text(decision, "at"), text(decision, "reason"));
    }
  }
}
