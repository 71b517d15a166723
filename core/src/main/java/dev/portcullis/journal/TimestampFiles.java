package dev.portcullis.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code timestamps}: answers of a time-stamping authority (RFC 3161), each named after the size of
 * the tree whose checkpoint it stamps. What is stamped is the SHA-256 of the checkpoint's text: its
 * lines before the empty one.
 */
final class TimestampFiles {
  private static final String DIRECTORY = "timestamps";
  private static final String SUFFIX = ".tsr";
  private static final String NAME = "[0-9]{20}\\.tsr";

  /** More than an answer with a chain of certificates has. */
  static final int MAX_BYTES = 64 << 10;

  private TimestampFiles() {}

  static Path file(Path journal, long size) {
    return journal.resolve(DIRECTORY).resolve(String.format(Locale.ROOT, "%020d", size) + SUFFIX);
  }

  static boolean exists(Path journal, long size) {
    return Files.exists(file(journal, size));
  }

  static void write(Path journal, long size, byte[] response) throws IOException {
    Files.createDirectories(journal.resolve(DIRECTORY));
    NoteLog.write(file(journal, size), response);
  }

  static List<Path> list(Path journal) throws IOException {
    Path directory = journal.resolve(DIRECTORY);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(NAME)).sorted().toList();
    }
  }

  /** Size of the tree that one is about. */
  static long size(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  static byte[] digest(String text) {
    return MerkleHash.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
