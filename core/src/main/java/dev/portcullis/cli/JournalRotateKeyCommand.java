package dev.portcullis.cli;

import dev.portcullis.api.Json;
import dev.portcullis.app.JournalKeys;
import dev.portcullis.config.ConfigurationException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code portcullis journal rotate-key}. */
@Command(
    name = "rotate-key",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new key that signs the journal from now on. The change is a record of the journal,"
          + " signed by the old key, so whoever has the first public key can follow. The node must be"
          + " stopped."
    },
    footer = {"", "Example: portcullis journal rotate-key -c portcullis.yaml"})
final class JournalRotateKeyCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() throws ConfigurationException {
    var rotated = JournalKeys.rotate(common.configuration(), InstantSource.system());
    System.out.println(
        common.json
            ? Json.line(rotated)
            : "Record %,d names the new key; keep it elsewhere, together with the first one:%n%s"
                .formatted(rotated.leaf(), rotated.to()));
    return 0;
  }
}
