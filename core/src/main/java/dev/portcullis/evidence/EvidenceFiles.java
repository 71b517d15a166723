package dev.portcullis.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Archives on the disk: readable by their owner alone, whole or not there, never overwritten. */
final class EvidenceFiles {
  /** Opens what is written to; tests put failing disks here. */
  @FunctionalInterface
  interface Opener {
    /** A new file. */
    OutputStream open(Path file) throws IOException;
  }

  private final Path directory;
  private final Opener opener;

  EvidenceFiles(Path directory, Opener opener) {
    this.directory = directory;
    this.opener = opener;
  }

  static OutputStream create(Path file) throws IOException {
    var channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Channels.newOutputStream(channel);
  }

  /** The file to make, which is not there yet. */
  Path target(EvidenceRequest request, String id) {
    Path target = request.to().orElseGet(() -> own(id, request.incident()));
    if (!target.isAbsolute()) {
      throw new EvidenceException(
          "%s is not an absolute path (expected: one such as /srv/evidence/%s.zip)"
              .formatted(target, request.incident()));
    }
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new EvidenceException(
          "The directory of %s is not there (expected: one that is; make it first)"
              .formatted(target));
    }
    if (Files.exists(target)) {
      throw new EvidenceException(
          target + " is there already, and evidence is never overwritten: name another file");
    }
    return target;
  }

  private Path own(String id, String incident) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectory(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      return directory.toAbsolutePath().resolve(incident + "-" + id + ".zip");
    } catch (IOException e) {
      throw new EvidenceException(directory + " can't be made: " + e, e);
    }
  }

  Path unfinished(Path target) {
    return target.resolveSibling(target.getFileName() + ".unfinished");
  }

  OutputStream open(Path file) throws IOException {
    return opener.open(file);
  }

  /** Makes it durable, then gives it its name. */
  void publish(Path unfinished, Path target) throws IOException {
    try (var file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    try (var parent = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
      parent.force(true);
    }
  }
}
