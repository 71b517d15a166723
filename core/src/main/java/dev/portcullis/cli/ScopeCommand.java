package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code portcullis scope}. */
@Command(
    name = "scope",
    mixinStandardHelpOptions = true,
    description = {
      "Whom and what an incident reached, or, ad hoc, what was reached with some credentials,"
          + " accounts, sources, fingerprints or sessions; read anew from the journal."
    },
    footer = {
      "",
      "Examples:",
      "  portcullis scope INC-1 --subjects",
      "  portcullis scope --credential key-4f2a9c1b --source 203.0.113.9 --from 2026-03-02T00:00:00Z"
    },
    subcommands = {
      ScopePivotsCommand.class,
      ScopeDecision.AcceptCommand.class,
      ScopeDecision.RejectCommand.class
    })
final class ScopeCommand extends Verb {
  @Parameters(
      paramLabel = "INC",
      arity = "0..1",
      description = "The incident, such as INC-1; none: ad hoc, by the names given")
  Optional<String> id = Optional.empty();

  @Option(names = "--credential", paramLabel = "ID", arity = "1..*", description = "Credentials")
  List<String> credentials = List.of();

  @Option(names = "--account", paramLabel = "NAME", arity = "1..*", description = "Accounts")
  List<String> accounts = List.of();

  @Option(names = "--source", paramLabel = "ADDRESS", arity = "1..*", description = "Addresses")
  List<String> sources = List.of();

  @Option(
      names = "--fingerprint",
      paramLabel = "JA4",
      arity = "1..*",
      description = "TLS fingerprints")
  List<String> fingerprints = List.of();

  @Option(
      names = "--session",
      paramLabel = "HASH",
      arity = "1..*",
      description = "Logins, as the journal names them")
  List<String> sessions = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Ad hoc: first moment, ISO 8601 in UTC; clients that were there before are told apart")
  Optional<String> from = Optional.empty();

  @Option(names = "--until", paramLabel = "TIME", description = "Ad hoc: first moment after it")
  Optional<String> until = Optional.empty();

  @Option(
      names = "--subjects",
      description = "List the data subjects in clear; that you did is recorded")
  boolean subjects;

  @Override
  JsonNode ask(Connection connection) {
    boolean named =
        !(credentials.isEmpty()
            && accounts.isEmpty()
            && sources.isEmpty()
            && fingerprints.isEmpty()
            && sessions.isEmpty());
    if (id.isPresent() == named) {
      throw new CommandFailedException(
          "Name an incident, or what to look for (--credential, --account, --source, --fingerprint,"
              + " --session): one of the two");
    }
    if (id.isPresent()) {
      return connection.get(
          "/api/v1/incidents/" + id.get() + "/scope",
          subjects ? Map.of("reveal", "true") : Map.of());
    }
    var body = new HashMap<String, Object>();
    body.put("credentials", credentials);
    body.put("accounts", accounts);
    body.put("sources", sources);
    body.put("fingerprints", fingerprints);
    body.put("sessions", sessions);
    body.put("reveal", subjects);
    from.ifPresent(time -> body.put("from", time));
    until.ifPresent(time -> body.put("until", time));
    return connection.post("/api/v1/scope", body);
  }

  @Override
  void print(JsonNode document, PrintWriter out) {
    ScopeText.print(document, out);
  }
}
