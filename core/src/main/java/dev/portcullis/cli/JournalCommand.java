package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.journal.Attestors;
import dev.portcullis.journal.JournalVerifier;
import dev.portcullis.journal.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis journal}. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "The record of every exchange.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example: portcullis journal verify ./state/journal"},
    subcommands = {
      JournalCommand.VerifyCommand.class,
      JournalProveCommand.class,
      JournalTilesCommand.class,
      JournalRotateKeyCommand.class,
      JournalQueryCommand.class,
      JournalArchiveCommand.class,
      JournalRetentionCommand.class
    })
final class JournalCommand {

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Verifies a journal, or a copy of one, without the node; names the first altered, missing"
            + " or reordered record. Exit 0: whole; 1: not."
      },
      footer = {"", "Example: portcullis journal verify ./state/journal --key journal.pub"})
  static final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The journal's directory")
    Path directory = Path.of("");

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "The public key, kept elsewhere (default: the one beside the journal)")
    Optional<Path> key = Optional.empty();

    @Option(
        names = "--witness",
        paramLabel = "KEY",
        description =
            "A witness's public key; its cosignatures must be there and right; repeatable")
    List<String> witnesses = List.of();

    @Option(
        names = "--authorities",
        paramLabel = "FILE",
        description = "PEM certificates that the time-stamping authority's must lead to")
    Optional<Path> authorities = Optional.empty();

    @Option(names = "--json", description = "Print JSON for machines")
    boolean json;

    private record Result(boolean verified, Verification result) {}

    @Override
    public Integer call() throws Exception {
      if (!Files.isDirectory(directory)) {
        throw new CommandFailedException(
            directory + " is no directory (expected: a journal's, such as ./state/journal)");
      }
      Optional<String> text =
          key.isPresent() ? Optional.of(Files.readString(key.get()).strip()) : Optional.empty();
      Verification result =
          JournalVerifier.verify(directory, text, new Attestors(witnesses, authorities));
      boolean whole = result instanceof Verification.Verified verified && isWitnessed(verified);
      if (json) {
        System.out.println(Json.line(new Result(whole, result)));
      } else {
        System.out.println(result.text());
        if (!whole && result instanceof Verification.Verified) {
          System.out.println("None of its checkpoints is signed by a witness that was named");
        }
      }
      return whole ? 0 : 1;
    }

    private boolean isWitnessed(Verification.Verified verified) {
      return witnesses.isEmpty() || verified.attested().cosignatures() > 0;
    }
  }
}
