package dev.portcullis.journal.archive;

import dev.portcullis.config.RetentionSettings;
import dev.portcullis.journal.JournalException;
import dev.portcullis.journal.Selection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A journal's archive: one Parquet file for each archived segment. Its database starts when it is
 * first needed. All methods may be called from any thread.
 */
public final class ArchiveStore implements AutoCloseable {
  /** Threads of one query. */
  private static final int MAX_THREADS = 8;

  private final Path spill;
  private final long memory;
  private Optional<ArchiveDatabase> database = Optional.empty();

  /**
   * Opens nothing yet.
   *
   * @param memory bytes that the database may take
   * @param spill directory that what is beyond goes to; it is made when it is needed
   */
  public ArchiveStore(long memory, Path spill) {
    this.memory = memory;
    this.spill = spill;
  }

  private synchronized ArchiveDatabase database() {
    if (database.isEmpty()) {
      int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
      var opened = ArchiveDatabase.open(memory, threads, spill);
      database = Optional.of(opened);
    }
    return database.get();
  }

  /**
   * Writes a file whole, or throws; the caller makes it durable and gives it its name.
   *
   * @param rows until there is none
   * @return how many there were
   */
  public long write(Path file, Supplier<Optional<ArchiveRow>> rows) {
    // a database of its own: what a load takes is given back when it is done
    try (var own = ArchiveDatabase.open(memory, 1, spill);
        var connection = own.connect()) {
      Sql.run(connection, Columns.create("loaded"));
      long count = 0;
      try (var appender = connection.createAppender("loaded")) {
        var out = new RowAppender(appender);
        for (var row = rows.get(); row.isPresent(); row = rows.get()) {
          out.append(row.get());
          count++;
        }
      }
      Sql.run(connection, Columns.copy(Columns.loaded("loaded"), file));
      return count;
    } catch (SQLException e) {
      throw Sql.failed(file + " can't be written", e);
    }
  }

  /** All rows of a file in the order of the records, from that sequence on. */
  public ArchiveRows rows(Path file, long from) {
    return query(
        file.toString(),
        "SELECT "
            + Columns.selected()
            + " FROM "
            + Sql.files(List.of(file))
            + (from > 0 ? " WHERE sequence >= " + from : "")
            + " ORDER BY "
            + Columns.IN_ORDER);
  }

  /** The rows of the files that are asked for, in order of sequence. */
  public ArchiveRows select(List<Path> files, Selection selection) {
    return query("The archive", SelectionSql.of(files, selection));
  }

  /** The first exchange of that sequence or a later one in the file. */
  public Optional<ArchiveRow> first(Path file, long from) {
    try (var rows =
        query(
            file.toString(),
            "SELECT "
                + Columns.selected()
                + " FROM "
                + Sql.files(List.of(file))
                + " WHERE sequence = (SELECT min(sequence) FROM "
                + Sql.files(List.of(file))
                + " WHERE record_type = 1 AND sequence >= "
                + from
                + ") AND record_type = 1")) {
      return rows.next();
    }
  }

  /** The exchanges of a file that have outlived their period at that moment. */
  public Expired expired(Path file, RetentionSettings settings, Instant now) {
    String from = Sql.files(List.of(file));
    try (var connection = database().connect();
        var statement = connection.createStatement()) {
      long origin;
      long records;
      try (var bounds =
          statement.executeQuery("SELECT coalesce(min(sequence), 0), count(*) FROM " + from)) {
        bounds.next();
        origin = bounds.getLong(1);
        records = bounds.getLong(2);
      }
      var sequences = new BitSet();
      try (var result =
          statement.executeQuery(
              "SELECT sequence FROM " + from + " WHERE " + ExpirySql.condition(settings, now))) {
        while (result.next()) {
          sequences.set(Math.toIntExact(result.getLong(1) - origin));
        }
      }
      return new Expired(origin, sequences, records);
    } catch (SQLException e) {
      throw Sql.failed(file + " can't be read", e);
    }
  }

  /** Writes what a file holds but for what has expired; the caller makes it durable. */
  public void writeWithout(Path file, Expired expired, Path target) {
    try (var own = ArchiveDatabase.open(memory, 1, spill);
        var connection = own.connect()) {
      Sql.run(connection, "CREATE TABLE expired (expired_sequence BIGINT)");
      try (var appender = connection.createAppender("expired")) {
        BitSet sequences = expired.sequences();
        for (int i = sequences.nextSetBit(0); i >= 0; i = sequences.nextSetBit(i + 1)) {
          appender.beginRow().append(expired.origin() + i).endRow();
        }
      }
      String kept =
          "SELECT * FROM "
              + Sql.files(List.of(file))
              + " WHERE record_type <> 1 OR sequence NOT IN (SELECT expired_sequence FROM expired)";
      Sql.run(connection, Columns.copy(kept, target));
    } catch (SQLException e) {
      throw Sql.failed(target + " can't be written", e);
    }
  }

  private ArchiveRows query(String what, String sql) {
    try {
      return ArchiveRows.open(what, database().connect(), sql);
    } catch (SQLException e) {
      throw new JournalException(what + " can't be read: " + Sql.words(e), e);
    }
  }

  @Override
  public synchronized void close() {
    database.ifPresent(ArchiveDatabase::close);
    database = Optional.empty();
  }
}
