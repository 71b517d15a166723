package dev.portcullis.recover.engine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The engine's program on this machine. */
public final class ResticProgram {
  /** What is needed: compression came with it. */
  static final int LEAST_MINOR = 14;

  private static final Pattern VERSION = Pattern.compile("restic (\\d+)\\.(\\d+)\\.\\d+.*");
  private static final String WAY_OUT =
      "install the package restic (such as: apt-get install restic), or back up SQLite assets into"
          + " a directory with backup.to, which needs nothing installed";

  private ResticProgram() {}

  /** Where it lies, if it is installed. */
  public static Optional<Path> find() {
    return find(Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  static Optional<Path> find(String searchPath) {
    for (String directory : searchPath.split(File.pathSeparator)) {
      try {
        Path program = Path.of(directory, "restic");
        if (!directory.isEmpty() && Files.isExecutable(program)) {
          return Optional.of(program);
        }
      } catch (InvalidPathException e) {
        // no directory of this system
      }
    }
    return Optional.empty();
  }

  /** It, or what to do about it. */
  public static Path require() throws EngineException {
    Path program =
        find()
            .orElseThrow(() ->
                new EngineException(
                    EngineException.Reason.NO_ENGINE,
                    "The backup engine restic is not installed: " + WAY_OUT));
    requireVersion(program);
    return program;
  }

  private static void requireVersion(Path program) throws EngineException {
    var said = new StringBuilder();
    try {
      new Child(
              List.of(program.toString(), "version"),
              Map.of(),
              Optional.empty(),
              Duration.ofMinutes(1))
          .run(
              out -> said.append(new String(out.readNBytes(1_000), StandardCharsets.UTF_8)),
              new Cancellation());
    } catch (IOException e) {
      throw new EngineException(
          EngineException.Reason.NO_ENGINE, program + " can't be run: " + e.getMessage(), e);
    }
    var version = VERSION.matcher(said.toString().strip());
    if (!version.matches()
        || (version.group(1).equals("0") && Integer.parseInt(version.group(2)) < LEAST_MINOR)) {
      throw new EngineException(
          EngineException.Reason.NO_ENGINE,
          program
              + " says it is \""
              + Trouble.last(said.toString())
              + "\" where restic 0."
              + LEAST_MINOR
              + " or newer is needed: "
              + WAY_OUT);
    }
  }
}
