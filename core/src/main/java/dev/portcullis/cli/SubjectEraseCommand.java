package dev.portcullis.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code portcullis subject erase}. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Destroys the only link between a data subject and its pseudonym (GDPR Art. 17). The journal",
      "stays as it is and verifiable; nobody can tell any more whose the records are. Refused while",
      "an incident under legal hold needs the subject. Can't be undone."
    },
    footer = {"", "Example: portcullis subject erase - --reason 'Art. 17 request' --request R-42"})
final class SubjectEraseCommand extends Verb {
  @Mixin SubjectName subject = new SubjectName();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; kept in the register, so it must not name the person")
  String reason = "";

  @Option(names = "--request", paramLabel = "ID", description = "Reference of the request")
  Optional<String> request = Optional.empty();

  @Option(
      names = "--despite-hold",
      description = "Also where an incident under legal hold needs the subject; recorded there")
  boolean despiteHold;

  @Option(names = "--yes", description = "Do not ask; needed where there is no terminal")
  boolean yes;

  @Override
  JsonNode ask(Connection connection) {
    String name = subject.text();
    if (!yes
        && !Terminal.confirms("Erase this data subject for good? It can't be undone. (yes/no) ")) {
      throw new CommandFailedException("Nothing was erased");
    }
    var body = new HashMap<String, Object>();
    body.put("subject", name);
    body.put("reason", reason);
    body.put("despite_hold", despiteHold);
    request.ifPresent(id -> body.put("request", id));
    return connection.post("/api/v1/subjects/erase", body);
  }

  @Override
  void print(JsonNode erasure, PrintWriter out) {
    out.printf(
        "%s: whose %s was can't be told any more. Backups made before %s still hold the link: they"
            + " must run out too.%n",
        text(erasure, "id"), text(erasure, "pseudonym"), text(erasure, "at"));
    if (erasure.path("despite").isString()) {
      out.println("Recorded in the timeline of " + text(erasure, "despite") + ", under legal hold");
    }
  }
}
