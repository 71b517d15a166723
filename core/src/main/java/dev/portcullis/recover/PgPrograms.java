package dev.portcullis.recover;

import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.Child;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL's own programs of one major version, run as children. */
final class PgPrograms {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  /** An answer above this is cut off, in bytes. */
  private static final int ANSWER_LIMIT = 16 << 20;

  private final Path directory;
  private final Map<String, String> environment;

  private PgPrograms(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
  }

  /** Of the newest version that is installed: enough to ask a server for its own. */
  static PgPrograms newest(Optional<Path> configured, Optional<Path> passfile) {
    if (configured.isPresent()) {
      return in(configured.get(), passfile);
    }
    return installed()
        .max(Comparator.comparingInt(PgPrograms::major))
        .map(found -> in(found, passfile))
        .orElseThrow(() -> missing("any version"));
  }

  /** Of that major version, which alone can run a server's data. */
  static PgPrograms of(String major, Optional<Path> configured, Optional<Path> passfile) {
    if (configured.isPresent()) {
      return in(configured.get(), passfile);
    }
    Path directory = DEBIAN.resolve(major).resolve("bin");
    if (!Files.isExecutable(directory.resolve("postgres"))) {
      throw missing("version " + major);
    }
    return in(directory, passfile);
  }

  private static java.util.stream.Stream<Path> installed() {
    var found = new ArrayList<Path>();
    if (Files.isDirectory(DEBIAN)) {
      try (var versions = Files.newDirectoryStream(DEBIAN, "[0-9]*")) {
        for (Path version : versions) {
          if (Files.isExecutable(version.resolve("bin/psql"))) {
            found.add(version.resolve("bin"));
          }
        }
      } catch (IOException e) {
        throw new RecoveryException("Cannot list " + DEBIAN + ": " + StateFiles.reason(e), e);
      }
    }
    return found.stream();
  }

  private static int major(Path bin) {
    Path version = bin.getParent();
    String name = version == null ? "" : String.valueOf(version.getFileName());
    return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
  }

  private static PgPrograms in(Path directory, Optional<Path> passfile) {
    var environment = new HashMap<String, String>();
    environment.put("PGCONNECT_TIMEOUT", "15");
    environment.put("PGAPPNAME", "portcullis");
    environment.put("PGTZ", "UTC");
    passfile.ifPresent(file -> environment.put("PGPASSFILE", file.toString()));
    return new PgPrograms(directory, environment);
  }

  private static RecoveryException missing(String which) {
    return new RecoveryException(
        "PostgreSQL's programs of "
            + which
            + " are not installed below "
            + DEBIAN
            + ": install the package postgresql of the server's version, or name their directory in"
            + " the asset's binaries");
  }

  boolean has(String program) {
    return Files.isExecutable(directory.resolve(program));
  }

  /** Runs one of them. */
  Child.Ended run(List<String> command, Child.Reader out, Cancellation cancellation)
      throws IOException {
    return run(List.of(), command, out, cancellation);
  }

  /**
   * Runs one of them.
   *
   * @param prefix such as {@code runuser -u postgres --}
   */
  Child.Ended run(
      List<String> prefix, List<String> command, Child.Reader out, Cancellation cancellation)
      throws IOException {
    var whole = new ArrayList<>(prefix);
    whole.add(directory.resolve(command.getFirst()).toString());
    whole.addAll(command.subList(1, command.size()));
    return new Child(whole, environment, Optional.empty(), Duration.ofDays(1))
        .run(out, cancellation);
  }

  /**
   * The answer to statements, one row a line, columns parted by tabs.
   *
   * @param connection libpq's connection string
   * @throws RecoveryException with the server's words
   */
  String ask(String connection, String sql) {
    var answer = new ByteArrayOutputStream();
    try {
      Child.Ended ended =
          run(
              List.of(
                  "psql",
                  "-XAtq",
                  "-F",
                  "\t",
                  "-v",
                  "ON_ERROR_STOP=1",
                  "-d",
                  connection,
                  "-c",
                  sql),
              out -> answer.writeBytes(out.readNBytes(ANSWER_LIMIT)),
              new Cancellation());
      if (ended.exit() != 0) {
        throw new RecoveryException("PostgreSQL says: " + ended.errors());
      }
    } catch (IOException e) {
      throw new RecoveryException("psql can't be run: " + e.getMessage(), e);
    }
    return answer.toString(StandardCharsets.UTF_8).strip();
  }

  /** Bytes given away. */
  static Child.Reader silent() {
    return out -> out.transferTo(java.io.OutputStream.nullOutputStream());
  }
}
