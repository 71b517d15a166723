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
    String line = line();
    if (line.isEmpty() || line.length() > MAX_SECRET) {
      throw new CommandFailedException(
          "Expected a password of 1 to " + MAX_SECRET + " characters on standard input");
    }
    return line;
  }

  /** A line of standard input, seen. */
  static String readLine(String what) {
    String line = line();
    if (line.isBlank() || line.length() > MAX_SECRET) {
      throw new CommandFailedException(
          "Expected %s in 1 to %d characters on standard input".formatted(what, MAX_SECRET));
    }
    return line;
  }

  /** Whether a person at the terminal says yes; where there is none, it is an error. */
  static boolean confirms(String question) {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandFailedException(
          "There is no terminal to confirm on: nothing was done. Say --yes to do it unasked");
    }
    return "yes".equals(console.readLine("%s", question));
  }

  /** Empty when there is none. */
  private static String line() {
    try {
      var reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = reader.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new CommandFailedException("Standard input can't be read: " + e.getMessage());
    }
  }
}
