package dev.portcullis.cli;

import dev.portcullis.app.Configurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Parameters;

/** {@code portcullis init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Writes a commented portcullis.yaml to begin from.",
    footer = {"", "Example: portcullis init && portcullis check && portcullis up"})
final class InitCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to (default: ${DEFAULT-VALUE})")
  Path file = Path.of("portcullis.yaml");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli before call()
  CommandSpec spec;

  @Override
  public Integer call() {
    try {
      Files.writeString(
          file, Configurations.starter(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailedException(
          file + " exists already and is left as it is: name another file");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
    spec.commandLine()
        .getOut()
        .println("Wrote " + file + ". Edit it, then: portcullis check -c " + file);
    return 0;
  }
}
