package dev.portcullis.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** Names in the journal's directory. */
final class SegmentPaths {
  static final String SEGMENT = ".seg";
  static final String LEAVES = ".leaves";
  static final String HEAD = ".head";
  static final String UNFINISHED = ".new";
  private static final String NAME = "[0-9]{20}\\.(seg|head)";
  private static final String LEAVES_NAME = "[0-9]{20}\\.leaves";

  private SegmentPaths() {}

  static Path directory(Path journal) {
    return journal.resolve("segments");
  }

  static Path segment(Path journal, long firstSequence) {
    return directory(journal).resolve(String.format(Locale.ROOT, "%020d", firstSequence) + SEGMENT);
  }

  static Path leaves(Path segment) {
    String name = segment.getFileName().toString();
    return segment.resolveSibling(name.substring(0, name.length() - SEGMENT.length()) + LEAVES);
  }

  /** The segment whose hash file that is. */
  static Path segmentOf(Path leaves) {
    String name = leaves.getFileName().toString();
    return leaves.resolveSibling(name.substring(0, name.length() - LEAVES.length()) + SEGMENT);
  }

  /** The sequence in a segment's name. */
  static long firstSequence(Path segment) {
    String name = segment.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - SEGMENT.length()));
  }

  /** The header alone of a segment that is in the archive. */
  static Path head(Path segment) {
    String name = segment.getFileName().toString();
    return segment.resolveSibling(name.substring(0, name.length() - SEGMENT.length()) + HEAD);
  }

  /** Whether its records are in the archive, and there alone. */
  static boolean isArchived(Path segment) {
    return !Files.exists(segment) && Files.exists(head(segment));
  }

  /** What to read a segment's header from. */
  static Path header(Path segment) {
    return isArchived(segment) ? head(segment) : segment;
  }

  /** All segments in order, archived ones too; none if there is no such directory. */
  static List<Path> list(Path journal) throws IOException {
    return list(journal, NAME).stream()
        .map(file -> segment(journal, number(file)))
        .distinct()
        .sorted()
        .toList();
  }

  /** All hash files in order, those of archived segments too. */
  static List<Path> listLeaves(Path journal) throws IOException {
    return list(journal, LEAVES_NAME);
  }

  private static List<Path> list(Path journal, String name) throws IOException {
    Path directory = directory(journal);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  /** Makes names in the directory durable: creations, renamings. */
  static void sync(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
