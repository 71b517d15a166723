package dev.portcullis.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** How often something was sent into a repository lately. */
final class LogSent {
  private LogSent() {}

  static int after(Path repository, Instant moment) throws IOException {
    int sent = 0;
    try (var snapshots = Files.list(repository.resolve("snapshots"))) {
      for (Path snapshot : (Iterable<Path>) snapshots::iterator) {
        if (Files.getLastModifiedTime(snapshot).toInstant().isAfter(moment)) {
          sent++;
        }
      }
    }
    return sent;
  }
}
