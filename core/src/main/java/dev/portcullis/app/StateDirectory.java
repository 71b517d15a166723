package dev.portcullis.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory of store, journal and keys: its owner's alone. */
final class StateDirectory {
  private StateDirectory() {}

  /** Made where it is missing; one that is there keeps the permissions a person gave it. */
  static Path prepare(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot make the state directory " + directory + " (node.state): " + e.getMessage(), e);
    }
  }
}
