package dev.portcullis.cli;

import dev.portcullis.api.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Runs a verb as a user would, and keeps what it said. */
public final class CommandLineProbe {
  private CommandLineProbe() {}

  /** What a verb said. */
  public record Said(int exitCode, String out, String err) {
    /** Its output as JSON. */
    public JsonNode json() {
      return Json.parse(out.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Runs it. */
  public static Said run(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Said(code, out.toString(), err.toString());
  }
}
