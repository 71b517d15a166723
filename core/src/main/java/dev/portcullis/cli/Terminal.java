package dev.portcullis.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** What a person types. */
final class Terminal {
  private static final int MAX_SECRET = 1_024;

  private Terminal() {}

  /** A line, unseen where there is a terminal. */
  static String readSecret() {
    var console = System.console();
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("Password: ");
      if (typed == null || typed.length == 0) {
        throw new CommandFailedException("No password was typed");
      }
      return new String(typed);
    }
    try {
      var reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = reader.readLine();
      if (line == null || line.isEmpty() || line.length() > MAX_SECRET) {
        throw new CommandFailedException(
            "Expected a password of 1 to " + MAX_SECRET + " characters on standard input");
      }
      return line;
    } catch (IOException e) {
      throw new CommandFailedException("Standard input can't be read: " + e.getMessage());
    }
  }
}
