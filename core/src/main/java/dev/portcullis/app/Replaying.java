package dev.portcullis.app;

import dev.portcullis.config.ConfigurationException;
import dev.portcullis.replay.RecordedUpstream;
import dev.portcullis.replay.Replay;
import dev.portcullis.replay.ReplayResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.function.IntConsumer;

/** Recorded traffic through a gateway of its own, which is there for that alone. */
public final class Replaying {
  private Replaying() {}

  /**
   * Starts a gateway in a temporary directory, sends the recording through, and takes it all away.
   *
   * @param seed of the random order
   * @param progress told how many have been sent
   */
  public static ReplayResult run(Path recording, long seed, IntConsumer progress)
      throws ConfigurationException, InterruptedException {
    try {
      Path directory = Files.createTempDirectory("portcullis-replay");
      try (var upstream = new RecordedUpstream()) {
        Path file = directory.resolve("portcullis.yaml");
        Files.writeString(file, template(upstream.address().getPort()));
        try (var node = Node.open(Configurations.read(file), InstantSource.system())) {
          node.start();
          return new Replay(node.address("replay"), node.facades().journal(), upstream)
              .run(recording, seed, progress);
        }
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The replay has no place to work: " + e.getMessage(), e);
    }
  }

  private static String template(int port) throws IOException {
    try (var in = Replaying.class.getResourceAsStream("replay.yaml")) {
      if (in == null) {
        throw new IllegalStateException("The build lacks replay.yaml: build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@UPSTREAM@", Integer.toString(port));
    }
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(file);
      }
    }
  }
}
