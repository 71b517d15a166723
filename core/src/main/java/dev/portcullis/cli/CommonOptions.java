package dev.portcullis.cli;

import dev.portcullis.app.Configurations;
import dev.portcullis.config.Configuration;
import dev.portcullis.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every verb that reports or acts on a node understands. */
final class CommonOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "The configuration (default: $PORTCULLIS_CONFIG, ./portcullis.yaml, or the demo's)")
  Optional<Path> config = Optional.empty();

  @Option(names = "--json", description = "Print JSON for machines")
  boolean json;

  Path file() {
    if (config.isPresent()) {
      return config.get();
    }
    String fromEnvironment = System.getenv("PORTCULLIS_CONFIG");
    if (fromEnvironment != null) {
      return Path.of(fromEnvironment);
    }
    var candidates =
        List.of(Path.of("portcullis.yaml"), Path.of("portcullis-demo/portcullis.yaml"));
    return candidates.stream()
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() ->
            new CommandFailedException(
                "There is no portcullis.yaml here. Name one with -c FILE, or make one with"
                    + " portcullis init"));
  }

  Configuration configuration() throws ConfigurationException {
    return Configurations.read(file());
  }

  Connection connect() throws ConfigurationException {
    return Connection.open(configuration());
  }
}
