package dev.portcullis.cli;

import dev.portcullis.api.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What verbs have in common that ask a node something: connect, ask, print. */
abstract class Verb implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  /** Asks. */
  abstract JsonNode ask(Connection connection);

  /** Prints the answer for people. */
  abstract void print(JsonNode answer, PrintWriter out);

  @Override
  public Integer call() throws Exception {
    try (var connection = common.connect()) {
      JsonNode answer = ask(connection);
      var out = spec.commandLine().getOut();
      if (common.json) {
        out.println(Json.line(answer));
      } else {
        print(answer, out);
      }
      out.flush();
      return 0;
    }
  }

  /** A field as text; a dash where there is none. */
  static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? "-" : value.asString();
  }
}
