package dev.portcullis.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How the command line finds a running node: a file in the state directory, readable by its owner
 * alone.
 *
 * @param url of the console
 * @param certificate that it shows
 * @param token that the API asks for; a new one at every start
 */
public record Control(String url, Path certificate, String token) {
  private static final String FILE = "control";
  private static final int TOKEN_BYTES = 32;

  /** A token nobody can guess. */
  static String newToken() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** What the last node that used that state directory left; it may have died since. */
  public static Optional<Control> find(Path state) {
    try {
      List<String> lines = Files.readAllLines(state.resolve(FILE));
      return lines.size() == 3
          ? Optional.of(new Control(lines.get(0), Path.of(lines.get(1)), lines.get(2)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(Path state) {
    OwnerFile.write(
        state.resolve(FILE), url + "\n" + certificate.toAbsolutePath() + "\n" + token + "\n");
  }

  static void remove(Path state) {
    try {
      Files.deleteIfExists(state.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the control file: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "Control[" + url + "]";
  }
}
