package dev.portcullis.cli;

import dev.portcullis.config.ConfigurationException;
import java.io.UncheckedIOException;

/** Turns what went wrong into words for people. */
final class Problems {
  private Problems() {}

  static String explain(Throwable problem) {
    return switch (problem) {
      case ConfigurationException e -> e.render();
      case CommandFailedException e -> "portcullis: " + e.getMessage();
      case UncheckedIOException e -> "portcullis: " + e.getMessage();
      default -> {
        String message = problem.getMessage();
        yield "portcullis: "
            + (message == null ? problem.getClass().getSimpleName() : message)
            + cause(problem);
      }
    };
  }

  private static String cause(Throwable problem) {
    Throwable cause = problem.getCause();
    return cause == null || cause.getMessage() == null
        ? ""
        : System.lineSeparator() + "  because: " + cause.getMessage();
  }
}
