package dev.portcullis.app;

import dev.portcullis.identity.ConsoleUser;
import dev.portcullis.identity.ConsoleUsers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * The first user's password: made at the first start, left in a file that only the owner can read.
 */
final class FirstPassword {
  static final String USER = "admin";
  static final String FILE = "console-password";
  private static final int RANDOM_BYTES = 15;

  private final Path file;

  FirstPassword(Path state) {
    this.file = state.resolve(FILE);
  }

  void ensure(ConsoleUsers users) {
    if (users.isEmpty()) {
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      write(password);
      users.createIfAbsent(USER, ConsoleUser.Role.ADMINISTRATOR, password.toCharArray());
    }
  }

  private void write(String password) {
    try {
      Files.deleteIfExists(file);
      try (var channel =
          Files.newByteChannel(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(StandardCharsets.UTF_8.encode(password + "\n"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
