package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.evidence.EvidenceVerdict;
import dev.portcullis.evidence.EvidenceVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code portcullis evidence verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies an evidence archive without a node: signature, hashes, each record's proof; names"
          + " the first wrong item. Exit 0: genuine; 1: not."
    },
    footer = {"", "Example: portcullis evidence verify inc-1.zip --key journal.pub"})
final class EvidenceVerifyCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The archive")
  Path file = Path.of("");

  @Option(
      names = {"--key", "--vkey"},
      paramLabel = "KEY",
      description =
          "The journal's public key, kept elsewhere: a file, or its text (default: the one in the"
              + " archive, which proves nothing about who made it)")
  Optional<String> key = Optional.empty();

  @Option(names = "--json", description = "Print JSON for machines")
  boolean json;

  private record Result(boolean genuine, EvidenceVerdict result) {}

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailedException(file + " is no file (expected: an evidence archive)");
    }
    EvidenceVerdict verdict = EvidenceVerifier.verify(file, vkey());
    boolean genuine = verdict instanceof EvidenceVerdict.Genuine;
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.line(new Result(genuine, verdict)) : verdict.text());
    out.flush();
    return genuine ? 0 : 1;
  }

  private Optional<String> vkey() throws IOException {
    if (key.isEmpty()) {
      return key;
    }
    Path named = Path.of(key.get());
    return Optional.of(Files.isRegularFile(named) ? Files.readString(named) : key.get());
  }
}
