package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis credential}. */
@Command(
    name = "credential",
    mixinStandardHelpOptions = true,
    description = "API keys and passwords of the configured accounts.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: portcullis credential issue northside-clinic"},
    subcommands = {
      CredentialCommand.ListCommand.class,
      CredentialCommand.IssueCommand.class,
      CredentialCommand.PasswordCommand.class
    })
final class CredentialCommand {

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "All credentials, never their secrets.",
      footer = {"", "Example: portcullis credential list --json"})
  static final class ListCommand extends Verb {
    @Override
    JsonNode ask(Connection connection) {
      return connection.get("/api/v1/credentials");
    }

    @Override
    void print(JsonNode credentials, PrintWriter out) {
      for (JsonNode credential : credentials) {
        out.printf(
            "%-24s %-24s %-9s %s%n",
            text(credential, "id"),
            text(credential, "account"),
            text(credential, "kind"),
            text(credential, "created_at"));
      }
    }
  }

  @Command(
      name = "issue",
      mixinStandardHelpOptions = true,
      description = "Issues an API key and shows it this once.",
      footer = {"", "Example: portcullis credential issue northside-clinic"})
  static final class IssueCommand extends Verb {
    @Parameters(paramLabel = "ACCOUNT", description = "A configured account")
    String account = "";

    @Override
    JsonNode ask(Connection connection) {
      return connection.post("/api/v1/credentials", Map.of("account", account));
    }

    @Override
    void print(JsonNode key, PrintWriter out) {
      out.println(text(key, "secret"));
      out.flush();
      spec.commandLine()
          .getErr()
          .println(
              "This is "
                  + text(key, "id")
                  + " of "
                  + text(key, "account")
                  + ", shown this once. Send it as: X-API-Key: ...");
    }
  }

  @Command(
      name = "password",
      mixinStandardHelpOptions = true,
      description = "Sets an account's password, read from the terminal or standard input.",
      footer = {"", "Example: portcullis credential password northside-clinic < password.txt"})
  static final class PasswordCommand extends Verb {
    @Parameters(paramLabel = "ACCOUNT", description = "A configured account")
    String account = "";

    @Override
    JsonNode ask(Connection connection) {
      return connection.post(
          "/api/v1/passwords", Map.of("account", account, "password", Terminal.readSecret()));
    }

    @Override
    void print(JsonNode credential, PrintWriter out) {
      out.println("Set: " + text(credential, "id"));
    }
  }
}
