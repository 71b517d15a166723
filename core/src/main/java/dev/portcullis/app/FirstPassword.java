package dev.portcullis.app;

import dev.portcullis.identity.ConsoleUser;
import dev.portcullis.identity.ConsoleUsers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

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
      OwnerFile.write(file, password + "\n");
      users.createIfAbsent(USER, ConsoleUser.Role.ADMINISTRATOR, password.toCharArray());
    }
  }
}
