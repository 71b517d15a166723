package dev.portcullis.recover;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Files that are whole and durable, or not there; readable by their owner alone. */
final class StateFiles {
  private StateFiles() {}

  /** Makes the directory and those above it, the new ones for their owner alone. */
  static Path directory(Path directory) throws IOException {
    return Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** An empty file of that name, whatever was there. */
  static void createEmpty(Path file) throws IOException {
    Files.deleteIfExists(file);
    create(file).close();
  }

  /** A stream into a file of that name, whatever was there. */
  static OutputStream create(Path file) throws IOException {
    return Channels.newOutputStream(
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  static void copyDurably(Path from, Path to) throws IOException {
    try (var out = create(to)) {
      Files.copy(from, out);
    }
    force(to);
  }

  /** Makes a finished file durable and gives it its name. */
  static void publish(Path part, Path file) throws IOException {
    force(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(file);
  }

  /** Makes the names in the file's directory durable. */
  static void forceDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** What went wrong and the way out, for people. */
  static String reason(IOException failure) {
    String said = Objects.requireNonNullElse(failure.getMessage(), "");
    if (said.contains("No space left") || said.contains("quota exceeded")) {
      return "the disk is full: free space there, or keep fewer recovery points";
    }
    if (said.contains("Read-only file system")) {
      return "it is mounted read-only: mount it writable";
    }
    if (failure instanceof AccessDeniedException || said.contains("Permission denied")) {
      return "access is denied to " + said + ": give this process's user the permission to write";
    }
    if (failure instanceof NotDirectoryException || said.contains("Not a directory")) {
      return "a file is where a directory should be (" + said + "): move it away";
    }
    if (failure instanceof NoSuchFileException) {
      return "it does not exist: " + said;
    }
    return said.isEmpty() ? failure.getClass().getSimpleName() : said;
  }

  private static void force(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
