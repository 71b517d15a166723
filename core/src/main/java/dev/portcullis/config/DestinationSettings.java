package dev.portcullis.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A place where the backup engine keeps recovery points. YAML: {@code - {name: nas, kind:
 * directory, path: /mnt/nas/portcullis}}.
 *
 * @param kind what it is
 * @param medium what it is kept on, such as {@code disk}, {@code tape}, {@code cloud}; two
 *     destinations of one medium may fail together
 * @param offsite whether it lies at another site than the assets
 * @param immutable whether its owner promises that what is written there can't be altered or
 *     deleted with the credentials that this node has
 * @param uploadLimit bytes per second
 * @param downloadLimit bytes per second
 */
public record DestinationSettings(
    String name,
    Kind kind,
    String medium,
    boolean offsite,
    boolean immutable,
    Optional<Long> uploadLimit,
    Optional<Long> downloadLimit) {

  /** What a destination is. */
  public sealed interface Kind {
    /** A directory. YAML: {@code kind: directory, path: DIRECTORY}. */
    record Directory(Path path) implements Kind {}

    /**
     * A directory of an SSH server.
     *
     * @param path there, absolute
     * @param key file of the private key
     * @param knownHosts file of the servers' public keys; a server that is not in it is refused
     */
    record Sftp(Endpoint server, String user, String path, Path key, Path knownHosts)
        implements Kind {}

    /**
     * A bucket of an S3-compatible server.
     *
     * @param url of the server, without the bucket
     * @param prefix of the objects' names; may be empty
     * @param accessKeyVariable environment variable that holds the access key's id
     * @param secretKeyVariable environment variable that holds the access key's secret
     */
    record S3(
        String url,
        String bucket,
        String prefix,
        String region,
        String accessKeyVariable,
        String secretKeyVariable)
        implements Kind {}
  }
}
