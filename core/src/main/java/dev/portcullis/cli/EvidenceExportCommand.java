package dev.portcullis.cli;

import dev.portcullis.api.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code portcullis evidence export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a signed archive of an incident that can be verified without Portcullis: hostile"
          + " exchanges with proofs, signals, orders, communications, chain of custody.",
      "Exit 0: done; 1: not done, or done and some records are not proved (the archive is written and"
          + " says which)."
    },
    footer = {
      "",
      "Example: portcullis evidence export INC-1 --to inc-1.zip --reason 'requested by the police'"
    })
final class EvidenceExportCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  @Parameters(paramLabel = "INC", description = "Its id, such as INC-1")
  String id = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The archive to write (a ZIP); must not be there yet")
  Path to = Path.of("");

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; it stands in the chain of custody")
  String reason = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who answers for the evidence (default: who is logged in)")
  String by = System.getProperty("user.name", "command-line");

  @Option(
      names = "--with-subjects",
      description = "Name data subjects in clear; noted in custody and timeline")
  boolean withSubjects;

  @Override
  public Integer call() throws Exception {
    try (var connection = common.connect();
        var shown = ProgressLine.start(_ -> progress(connection, id))) {
      JsonNode export =
          connection.post(
              "/api/v1/incidents/" + id + "/evidence",
              Map.of(
                  "to",
                  to.toAbsolutePath().normalize().toString(),
                  "reason",
                  reason,
                  "by",
                  by,
                  "with_subjects",
                  withSubjects));
      shown.close();
      PrintWriter out = spec.commandLine().getOut();
      if (common.json) {
        out.println(Json.line(export));
      } else {
        EvidenceCommand.print(export, out);
        out.println("Verify it with: portcullis evidence verify " + to);
      }
      out.flush();
      return warnOf(export) ? 1 : 0;
    }
  }

  private boolean warnOf(JsonNode export) {
    long unproven = export.path("unproven").asLong();
    if (unproven > 0) {
      spec.commandLine()
          .getErr()
          .printf(
              "portcullis: %d records are in the archive that the journal does not vouch for; chain-of-custody.json in it names them. Run portcullis journal verify.%n",
              unproven);
    }
    return unproven > 0;
  }

  private static String progress(Connection connection, String incident) {
    try {
      JsonNode at = connection.get("/api/v1/incidents/" + incident + "/evidence/progress");
      long end = at.path("end").asLong();
      return end == 0
          ? ""
          : "%3d %% of the journal read, %d exchanges exported"
              .formatted(100 * at.path("read").asLong() / end, at.path("exchanges").asLong());
    } catch (CommandFailedException e) {
      // the export itself tells what is wrong
      return "";
    }
  }
}
