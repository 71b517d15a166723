package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis notice}. */
@Command(
    name = "notice",
    mixinStandardHelpOptions = true,
    description = "Notices: show, approve.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: portcullis notice show NOT-1"},
    subcommands = {NoticeCommand.ShowCommand.class, NoticeCommand.ApproveCommand.class})
final class NoticeCommand {
  private static void printNotice(JsonNode notice, PrintWriter out) {
    out.printf(
        "%s %s%nTo: %s <%s>%nSubject: %s%n%n%s%n",
        Verb.text(notice, "id"),
        Verb.text(notice, "state"),
        Verb.text(notice, "recipient"),
        Verb.text(notice, "email"),
        Verb.text(notice, "subject"),
        Verb.text(notice, "body"));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "A notice as it would be, or was, sent.",
      footer = {"", "Example: portcullis notice show NOT-1"})
  static final class ShowCommand extends Verb {
    @Parameters(paramLabel = "NOT", description = "Its id, such as NOT-1")
    String id = "";

    @Override
    JsonNode ask(Connection connection) {
      return connection.get("/api/v1/notices/" + id);
    }

    @Override
    void print(JsonNode notice, PrintWriter out) {
      printNotice(notice, out);
    }
  }

  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = "Lets a notice go: it is sent until the mail server takes it.",
      footer = {"", "Example: portcullis notice approve NOT-1"})
  static final class ApproveCommand extends Verb {
    @Parameters(paramLabel = "NOT", description = "Its id, such as NOT-1")
    String id = "";

    @Override
    JsonNode ask(Connection connection) {
      return connection.post("/api/v1/notices/" + id + "/approve", Map.of());
    }

    @Override
    void print(JsonNode notice, PrintWriter out) {
      printNotice(notice, out);
    }
  }
}
