package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.journal.ProofFile;
import dev.portcullis.journal.Prover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code portcullis journal prove}. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a proof from a journal, or a copy of one, without the node: that an exchange is in it"
          + " (--sequence; a C2SP tlog-proof, which carries the record), or that nothing was"
          + " rewritten since it had so many records (--from). With --check, checks such a file from"
          + " the public key alone. Exit 0: proved; 1: not."
    },
    footer = {
      "",
      "Example: portcullis journal prove ./state/journal --sequence 41 --out 41.tlog-proof",
      "         portcullis journal prove --check 41.tlog-proof --key journal.pub"
    })
final class JournalProveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", arity = "0..1", description = "The journal's directory")
  Optional<Path> directory = Optional.empty();

  @Option(names = "--sequence", paramLabel = "N", description = "Prove that exchange")
  Optional<Long> sequence = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "SIZE",
      description = "Prove that the tree of so many records is the beginning of the later one")
  Optional<Long> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "SIZE",
      description = "By the checkpoint over so many records (default: the last one)")
  Optional<Long> to = Optional.empty();

  @Option(names = "--out", paramLabel = "FILE", description = "Write the proof there")
  Optional<Path> out = Optional.empty();

  @Option(names = "--check", paramLabel = "FILE", description = "Check that proof")
  Optional<Path> check = Optional.empty();

  @Option(names = "--vkey", paramLabel = "KEY", description = "The journal's public key")
  Optional<String> vkey = Optional.empty();

  @Option(names = "--key", paramLabel = "FILE", description = "The same from a file: journal.pub")
  Optional<Path> key = Optional.empty();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "Where the key was changed: a copy of journal.keys")
  Optional<Path> keys = Optional.empty();

  @Option(
      names = "--old",
      paramLabel = "FILE",
      description = "With --check --from: the checkpoint that was kept elsewhere")
  Optional<Path> old = Optional.empty();

  @Option(names = "--json", description = "Print JSON for machines")
  boolean json;

  @Override
  public Integer call() throws IOException {
    if (check.isPresent()) {
      return check(check.get());
    }
    if (sequence.isPresent() == from.isPresent()) {
      throw new CommandFailedException(
          "Name one of --sequence N, --from SIZE and --check FILE (see --help)");
    }
    Path journal =
        directory
            .filter(Files::isDirectory)
            .orElseThrow(() ->
                new CommandFailedException(
                    "Name the journal's directory, such as ./state/journal, or a copy of it"));
    try (var prover = new Prover(journal)) {
      OptionalLong size = to.isPresent() ? OptionalLong.of(to.get()) : OptionalLong.empty();
      if (sequence.isPresent()) {
        var proof = prover.inclusion(sequence.get(), size);
        give(proof, proof.text());
      } else {
        var proof = prover.consistency(from.orElseThrow(), size);
        give(proof, proof.text());
      }
    }
    return 0;
  }

  private void give(Object proof, String text) throws IOException {
    if (out.isPresent()) {
      Files.writeString(out.get(), text);
      System.out.println(
          json ? Json.line(Map.of("file", out.get().toString())) : "Written to " + out.get());
    } else if (json) {
      System.out.println(Json.line(proof));
    } else {
      System.out.print(text);
    }
  }

  private int check(Path file) throws IOException {
    String trusted;
    if (vkey.isPresent()) {
      trusted = vkey.get();
    } else {
      Path from =
          key.orElseThrow(() ->
              new CommandFailedException(
                  "Name the journal's public key: --vkey KEY or --key journal.pub"));
      trusted = Files.readString(from).strip();
    }
    Optional<String> kept =
        old.isPresent() ? Optional.of(Files.readString(old.get())) : Optional.empty();
    var checked = ProofFile.checkedWith(trusted, keys).check(Files.readString(file), kept);
    System.out.println(json ? Json.line(checked) : checked.text());
    return checked.valid() ? 0 : 1;
  }
}
