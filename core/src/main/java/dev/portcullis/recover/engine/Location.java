package dev.portcullis.recover.engine;

import dev.portcullis.config.DestinationSettings;
import dev.portcullis.config.DestinationSettings.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a repository lies, as the engine wants it said.
 *
 * @param name the destination's, for messages
 * @param place for people
 * @param repository the engine's address of it
 * @param options on the command line; no secret is among them
 * @param environment of the engine's process alone
 * @param directory where it is a local one
 */
public record Location(
    String name,
    String place,
    String repository,
    List<String> options,
    Map<String, String> environment,
    Optional<Path> directory) {

  /** Seconds until a silent connection counts as dead: three missed answers. */
  private static final int ALIVE_INTERVAL = 15;

  /**
   * The destination's.
   *
   * @param variables of this process's environment, for the keys to a bucket
   */
  public static Location of(
      DestinationSettings settings, Function<String, Optional<String>> variables) {
    var options = new ArrayList<String>();
    settings
        .uploadLimit()
        .ifPresent(limit -> options.addAll(List.of("--limit-upload", kibibytes(limit))));
    settings
        .downloadLimit()
        .ifPresent(limit -> options.addAll(List.of("--limit-download", kibibytes(limit))));
    String name = settings.name();
    return switch (settings.kind()) {
      case Kind.Directory(Path path) ->
          new Location(
              name, path.toString(), path.toString(), options, Map.of(), Optional.of(path));
      case Kind.Sftp sftp -> {
        options.addAll(List.of("-o", commaSafe("sftp.command=" + ssh(sftp))));
        String address = "sftp:" + sftp.user() + "@" + sftp.server().host() + ":" + sftp.path();
        yield new Location(
            name,
            "sftp://" + sftp.user() + "@" + sftp.server() + sftp.path(),
            address,
            options,
            Map.of(),
            Optional.empty());
      }
      case Kind.S3 s3 -> {
        var environment = new HashMap<String, String>();
        variables
            .apply(s3.accessKeyVariable())
            .ifPresent(key -> environment.put("AWS_ACCESS_KEY_ID", key));
        variables
            .apply(s3.secretKeyVariable())
            .ifPresent(key -> environment.put("AWS_SECRET_ACCESS_KEY", key));
        environment.put("AWS_DEFAULT_REGION", s3.region());
        String address =
            s3.url() + "/" + s3.bucket() + (s3.prefix().isEmpty() ? "" : "/" + s3.prefix());
        options.addAll(List.of("-o", "s3.bucket-lookup=path"));
        yield new Location(name, address, "s3:" + address, options, environment, Optional.empty());
      }
    };
  }

  /** Says what is missing before the engine is even asked; an unmounted disk is no empty one. */
  void requireThere() throws EngineException {
    if (directory.isPresent() && !Files.isDirectory(directory.get())) {
      throw new EngineException(
          EngineException.Reason.UNREACHABLE,
          "The destination "
              + name
              + " is gone: there is no directory "
              + place
              + "; mount what belongs there, or create it");
    }
  }

  private static String kibibytes(long bytesPerSecond) {
    return Long.toString(Math.max(1, bytesPerSecond >> 10));
  }

  private static String ssh(Kind.Sftp sftp) {
    return String.join(
        " ",
        "ssh -p",
        Integer.toString(sftp.server().port()),
        "-i",
        quoted(sftp.key()),
        "-o BatchMode=yes -o IdentitiesOnly=yes -o ConnectTimeout=" + ALIVE_INTERVAL,
        "-o StrictHostKeyChecking=yes -o " + quoted("UserKnownHostsFile=" + sftp.knownHosts()),
        "-o ServerAliveInterval=" + ALIVE_INTERVAL + " -o ServerAliveCountMax=3",
        sftp.user() + "@" + sftp.server().host(),
        "-s sftp");
  }

  /** The engine reads an option as a line of comma-separated values. */
  private static String commaSafe(String option) {
    return '"' + option.replace("\"", "\"\"") + '"';
  }

  private static String quoted(Object value) {
    return "'" + value + "'";
  }

  @Override
  public String toString() {
    return name + " (" + place + ")";
  }
}
