package dev.portcullis.journal.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Names in the archive's directory. */
public final class ArchivePaths {
  private static final String PARQUET = ".parquet";
  private static final String UNFINISHED = ".new";
  private static final String NAME = "[0-9]{20}\\.parquet";

  private ArchivePaths() {}

  /** Where a journal has its archive. */
  public static Path directory(Path journal) {
    return journal.resolve("archive");
  }

  /** The file of the segment that begins with that sequence. */
  public static Path file(Path journal, long firstSequence) {
    return directory(journal).resolve(String.format(Locale.ROOT, "%020d", firstSequence) + PARQUET);
  }

  /** The file of a segment, from the segment's own path. */
  public static Path of(Path segment, long firstSequence) {
    return file(segment.resolveSibling("..").normalize(), firstSequence);
  }

  /** What it is called while it is written. */
  public static Path unfinished(Path file) {
    return file.resolveSibling(file.getFileName() + UNFINISHED);
  }

  /** All of them, in order. */
  public static List<Path> list(Path journal) throws IOException {
    Path directory = directory(journal);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(NAME)).sorted().toList();
    }
  }

  /** Where its database spills to; removed when the journal is opened. */
  public static Path spill(Path journal) {
    return directory(journal).resolve("spill" + UNFINISHED);
  }
}
