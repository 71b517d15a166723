package dev.portcullis.journal;

import dev.portcullis.journal.archive.ArchivePaths;
import dev.portcullis.journal.archive.QueryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * SQL over a journal's directory, archive and live end as one table {@code exchanges}: {@code
 * docs/archive-format.md}. Takes no lock, so the journal may be running; what is recorded after the
 * opening is not seen. Data subjects are pseudonyms. Not thread-safe, but for {@link #cancel}.
 */
public final class JournalQuery implements AutoCloseable {
  private final Path spill;
  private final QueryDatabase database;

  private JournalQuery(Path spill, QueryDatabase database) {
    this.spill = spill;
    this.database = database;
  }

  /**
   * Opens it and loads what is not in the archive yet.
   *
   * @param memory bytes that a query may take
   * @throws JournalException if there is no journal or it is damaged
   */
  public static JournalQuery open(Path directory, long memory) {
    try {
      List<Path> segments = SegmentPaths.list(directory);
      if (segments.isEmpty()) {
        throw new JournalException(
            "There is no journal in %s (expected: a directory with segments, such as ./state/journal)"
                .formatted(directory));
      }
      Path spill = Files.createTempDirectory("portcullis-query");
      var query = new JournalQuery(spill, new QueryDatabase(memory, spill));
      boolean opened = false;
      try {
        for (Path segment : segments) {
          query.add(directory, segment, segment.equals(segments.getLast()));
        }
        query.database.seal();
        opened = true;
        return query;
      } finally {
        if (!opened) {
          query.close();
        }
      }
    } catch (IOException e) {
      throw new JournalException("The journal in %s can't be read: %s".formatted(directory, e), e);
    }
  }

  private void add(Path directory, Path segment, boolean last) throws IOException {
    if (!SegmentPaths.isArchived(segment)) {
      try (var file = SegmentFile.openToRead(segment)) {
        var rows = new SegmentRows(segment, file, SegmentHeader.read(file), last);
        database.add(rows::next);
        return;
      } catch (NoSuchFileException archivedMeanwhile) {
        // it is in the archive by now
      }
    }
    Path file = ArchivePaths.file(directory, SegmentPaths.firstSequence(segment));
    // one that is not there has expired as a whole
    if (Files.exists(file)) {
      database.add(file);
    }
  }

  /**
   * Answers one SELECT.
   *
   * @param json one column of JSON documents; otherwise every value as text
   * @throws JournalException if it is another statement, wrong, or takes too long or too much
   *     memory
   */
  public void run(String select, boolean json, Duration timeout, Rows rows) {
    database.run(
        select,
        json,
        timeout,
        new QueryDatabase.Rows() {
          @Override
          public void columns(List<String> names) {
            rows.columns(names);
          }

          @Override
          public boolean row(List<Optional<String>> values) {
            return rows.row(values);
          }
        });
  }

  /** Who takes the rows of an answer. */
  public interface Rows {
    /** Once, before the rows. */
    void columns(List<String> names);

    /**
     * One row; an empty value where there is none.
     *
     * @return whether more are wanted
     */
    boolean row(List<Optional<String>> values);
  }

  /** Stops what runs, from another thread. */
  public void cancel() {
    database.cancel();
  }

  @Override
  public void close() {
    try {
      database.close();
    } finally {
      try (var files = Files.walk(spill)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new JournalException(spill + " can't be removed: " + e.getMessage(), e);
      }
    }
  }
}
