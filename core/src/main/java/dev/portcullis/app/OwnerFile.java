package dev.portcullis.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A small text that only its owner can read, from the first byte on. */
public final class OwnerFile {
  private OwnerFile() {}

  /** Writes it; what was there before is gone. */
  public static void write(Path file, String text) {
    try {
      Files.deleteIfExists(file);
      try (var channel =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(StandardCharsets.UTF_8.encode(text));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
