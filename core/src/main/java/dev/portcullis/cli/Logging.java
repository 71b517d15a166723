package dev.portcullis.cli;

import java.io.IOException;
import java.util.logging.LogManager;

/**
 * One line a record on standard error, warnings and worse from libraries; a file of the user's own
 * wins.
 */
final class Logging {
  private Logging() {}

  static void configure() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    try (var in = Logging.class.getResourceAsStream("logging.properties")) {
      if (in != null) {
        LogManager.getLogManager().readConfiguration(in);
      }
    } catch (IOException e) {
      System.err.println("Logging can't be set up: " + e.getMessage());
    }
  }
}
