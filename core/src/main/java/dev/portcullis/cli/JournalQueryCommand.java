package dev.portcullis.cli;

import dev.portcullis.journal.JournalQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis journal query}. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    description = {
      "Answers a SELECT over all exchanges, archived ones and those of the last minutes, as the table"
          + " exchanges. Reads the journal's directory, of a running node too; changes nothing."
          + " People are pseudonyms. Ctrl-C stops it.",
      "",
      "The columns: SELECT * FROM (DESCRIBE exchanges), and docs/archive-format.md."
    },
    footer = {
      "",
      "Example: portcullis journal query \"SELECT credential_uid, count(*) FROM exchanges GROUP BY"
          + " ALL ORDER BY 2 DESC LIMIT 10\""
    })
final class JournalQueryCommand implements Callable<Integer> {
  private static final int MAX_SECONDS = 86_400;

  @Parameters(paramLabel = "SELECT", description = "One statement of DuckDB's SQL")
  String select = "";

  @Option(
      names = "--journal",
      paramLabel = "DIR",
      defaultValue = "./state/journal",
      description = "The journal's directory, or a copy of one (default: ${DEFAULT-VALUE})")
  Path directory = Path.of("");

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "Longest time (default: ${DEFAULT-VALUE})")
  int timeout;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      defaultValue = "1024",
      description = "Most memory (default: ${DEFAULT-VALUE})")
  int memory;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      defaultValue = "100",
      description = "Most rows of a table on the terminal (default: ${DEFAULT-VALUE})")
  int limit;

  @Option(names = "--json", description = "One JSON document a row, all rows")
  boolean json;

  @Option(names = "--csv", description = "Comma-separated values (RFC 4180), all rows")
  boolean csv;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  @Override
  public Integer call() {
    check(timeout >= 1 && timeout <= MAX_SECONDS, "--timeout: expected 1 to 86400 seconds");
    check(memory >= 64, "--memory: expected 64 MiB or more");
    check(limit >= 1 && limit <= 100_000, "--limit: expected 1 to 100000 rows");
    check(!json || !csv, "--json and --csv: expected one of them");
    try (var query = JournalQuery.open(directory, (long) memory << 20)) {
      var stop = new Thread(query::cancel, "portcullis-query-stop");
      Runtime.getRuntime().addShutdownHook(stop);
      var out = spec.commandLine().getOut();
      try {
        var printer =
            json
                ? new QueryPrinter.Documents(out)
                : csv ? new QueryPrinter.Csv(out) : new QueryPrinter.Table(out, limit);
        query.run(select, json, Duration.ofSeconds(timeout), printer);
        printer.end();
        out.flush();
      } finally {
        remove(stop);
      }
    }
    return 0;
  }

  private static void remove(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException stopping) {
      // Ctrl-C: it runs already
    }
  }

  private void check(boolean right, String expected) {
    if (!right) {
      throw new ParameterException(spec.commandLine(), expected);
    }
  }
}
