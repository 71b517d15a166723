package dev.portcullis.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Small secret texts in a directory that only the owner can read; written whole and durable, or not
 * at all.
 */
final class SecretFiles {
  private final Path directory;

  private SecretFiles(Path directory) {
    this.directory = directory;
  }

  static SecretFiles in(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return new SecretFiles(directory);
    } catch (IOException e) {
      throw new CryptoException(
          "Cannot create the directory of keys " + directory + ": " + e.getMessage(), e);
    }
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  boolean exists(String name) {
    return Files.exists(directory.resolve(name));
  }

  /** Overwritten, then deleted, both durable. Copies elsewhere are not reached. */
  void destroy(String name) {
    Path file = directory.resolve(name);
    try {
      try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.WRITE))) {
        channel.write(ByteBuffer.allocate((int) channel.size()));
        channel.force(true);
      }
      Files.delete(file);
      try (var channel = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw new CryptoException("Cannot destroy the key file " + file + ": " + e.getMessage(), e);
    }
  }

  /** The file's text; where there is no file, one is made of what the supplier gives. */
  String readOrCreate(String name, Supplier<String> initial) {
    Path file = directory.resolve(name);
    try {
      if (!Files.exists(file)) {
        create(file, initial.get());
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new CryptoException(
          "Cannot read or make the key file " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Written beside and linked into place, so that of two makers one wins and both read the same.
   */
  private void create(Path file, String text) throws IOException {
    Path fresh =
        Files.createTempFile(
            directory,
            ".new",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException lost) {
      // another maker was first: its key counts
    } finally {
      Files.delete(fresh);
    }
  }
}
