package dev.portcullis.recover;

import java.nio.file.Path;
import java.time.Instant;

/** A process of its own that restores the asset live, to be killed in the middle of it. */
final class RestoringProcess {
  private RestoringProcess() {}

  /** Arguments: the workshop's directory, the moment of the breach. */
  public static void main(String[] arguments) throws Exception {
    try (var shop = new Workshop(Path.of(arguments[0]))) {
      shop.desk().restore(shop.live(Instant.parse(arguments[1])));
    }
  }
}
