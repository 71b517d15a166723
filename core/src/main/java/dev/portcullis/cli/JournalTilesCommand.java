package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.journal.TileExport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis journal tiles}. */
@Command(
    name = "tiles",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the journal's tree as tiles (C2SP tlog-tiles), for any web server and any"
          + " transparency-log tool: the last checkpoint and hashes, no records. Run again, it writes"
          + " what has come since."
    },
    footer = {"", "Example: portcullis journal tiles ./state/journal --out ./tiles"})
final class JournalTilesCommand implements Callable<Integer> {
  private static final int PROGRESS = 10_000;

  @Parameters(paramLabel = "DIR", description = "The journal's directory, or a copy of it")
  Path directory = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where to, made if it isn't there")
  Path out = Path.of("");

  @Option(names = "--json", description = "Print JSON for machines")
  boolean json;

  @Override
  public Integer call() {
    if (!Files.isDirectory(directory)) {
      throw new CommandFailedException(
          directory + " is no directory (expected: a journal's, such as ./state/journal)");
    }
    var exported = new TileExport(directory, out).run(this::progress);
    System.out.println(
        json
            ? Json.line(exported)
            : "%,d tiles written to %s; they hold the tree of %,d records"
                .formatted(exported.tiles(), out, exported.size()));
    return 0;
  }

  private void progress(long tiles) {
    if (!json && tiles > 0 && tiles % PROGRESS == 0) {
      System.err.printf("%,d tiles%n", tiles);
    }
  }
}
