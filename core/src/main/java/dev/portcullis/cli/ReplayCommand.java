package dev.portcullis.cli;

import dev.portcullis.app.Replaying;
import dev.portcullis.replay.ReplayResult;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis replay}. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Sends recorded, labelled traffic through a gateway of its own, in random order, and counts"
          + " which attacks were noticed and which benign exchanges accused."
    },
    footer = {"", "Example: portcullis replay exchanges.jsonl.gz --json"})
final class ReplayCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "JSON lines, plain or gzip")
  Path file = Path.of("");

  @Option(names = "--json", description = "Print JSON for machines")
  boolean json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the random order (default: ${DEFAULT-VALUE})")
  long seed = 1;

  @Override
  public Integer call() throws Exception {
    boolean seen = System.console() != null && System.console().isTerminal();
    ReplayResult result =
        Replaying.run(
            file,
            seed,
            sent -> {
              if (seen && sent % 50 == 0) {
                System.err.print("\r" + sent + " sent ");
              }
            });
    if (seen) {
      System.err.println();
    }
    if (json) {
      System.out.println(result.json());
      return 0;
    }
    result
        .byClass()
        .forEach((name, count) ->
            System.out.printf("%-24s %5d of %5d noticed%n", name, count.noticed(), count.total()));
    System.out.printf(
        "%-24s %5d of %5d noticed%n", "all attacks", result.noticed(), result.attacks());
    System.out.printf("%-24s %5d of %5d accused%n", "benign", result.accused(), result.benign());
    return 0;
  }
}
