package dev.portcullis.respond;

import dev.portcullis.incident.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/** Steps whose effect is a line in a file, which survives the process. */
final class Effects {
  private final Path file;

  /** Told {@code scope:before}, {@code scope:after} and so on; may throw, wait, or not return. */
  private final Consumer<String> moment;

  Effects(Path file, Consumer<String> moment) {
    this.file = file;
    this.moment = moment;
  }

  StepActions actions() {
    return new StepActions(
        (incident, step) -> effect(incident, "scope"),
        (incident, step) -> effect(incident, "obligations"),
        (incident, step) -> effect(incident, "notify"),
        (incident, step) -> effect(incident, "restore " + step.asset()),
        (incident, step) -> effect(incident, "post-mortem"));
  }

  private String effect(Incident incident, String what) {
    String step = what.split(" ", -1)[0];
    moment.accept(step + ":before");
    try {
      Files.writeString(
          file,
          incident.id() + " " + what + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    moment.accept(step + ":after");
    return what + " done";
  }

  /** All there were, in order. */
  List<String> seen() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
