package dev.portcullis.journal.archive;

import dev.portcullis.journal.JournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The table {@code exchanges} for statements of people: nothing but a SELECT is run, no file but
 * those of the archive can be opened, nothing can be installed, attached or set, and time and
 * memory are bounded.
 */
public final class QueryDatabase implements AutoCloseable {
  private final ArchiveDatabase database;
  private final Connection connection;
  private final List<Path> files = new ArrayList<>();
  private Optional<Statement> running = Optional.empty();
  private boolean stopped;

  /**
   * An empty one.
   *
   * @param memory bytes it may take
   * @param spill directory for what is beyond
   */
  public QueryDatabase(long memory, Path spill) {
    database =
        ArchiveDatabase.open(
            memory, Math.min(8, Runtime.getRuntime().availableProcessors()), spill);
    try {
      connection = database.connect();
      Sql.run(connection, Columns.create("loaded"));
    } catch (SQLException e) {
      database.close();
      throw Sql.failed("The query's database could not be started", e);
    }
  }

  /** Takes a file of the archive in. */
  public void add(Path file) {
    files.add(file.toAbsolutePath());
  }

  /** Takes rows in that are not in the archive. */
  public void add(Supplier<Optional<ArchiveRow>> rows) {
    try (var appender =
        connection.unwrap(org.duckdb.DuckDBConnection.class).createAppender("loaded")) {
      var out = new RowAppender(appender);
      for (var row = rows.get(); row.isPresent(); row = rows.get()) {
        out.append(row.get());
      }
    } catch (SQLException e) {
      throw Sql.failed("The journal's end could not be loaded", e);
    }
  }

  /** Makes the table of what was taken in, and locks everything else up. */
  public void seal() {
    try {
      Sql.run(connection, "CREATE TABLE live AS " + Columns.loaded("loaded"));
      Sql.run(connection, "DROP TABLE loaded");
      String all =
          files.isEmpty()
              ? "SELECT * FROM live"
              : "SELECT * FROM " + Sql.files(files) + " UNION ALL SELECT * FROM live";
      Sql.run(
          connection,
          "CREATE VIEW exchanges AS SELECT "
              + Columns.readable()
              + " FROM (SELECT *, "
              + ReadablePath.NAMED_SQL
              + " FROM ("
              + all
              + ") WHERE record_type = 1)");
      Sql.run(
          connection,
          "SET allowed_paths = ["
              + Sql.literals(files.stream().map(Path::toString).toList())
              + "]");
      Sql.run(connection, "SET enable_external_access = false");
      Sql.run(connection, "SET lock_configuration = true");
    } catch (SQLException e) {
      throw Sql.failed("The table of exchanges could not be made", e);
    }
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

  /**
   * Answers a statement, as one column of JSON documents or as texts.
   *
   * @throws JournalException if it is not one SELECT, is wrong, or takes too long or too much
   *     memory
   */
  public void run(String select, boolean json, Duration timeout, Rows rows) {
    String statement = checked(select);
    var ended = new CountDownLatch(1);
    var late = new boolean[1];
    Thread.ofPlatform()
        .daemon(true)
        .name("portcullis-query-timeout")
        .start(() -> {
          try {
            if (!ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
              late[0] = true;
              cancel();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    try (Statement asked = connection.createStatement()) {
      begin(asked);
      String columns = json ? "to_json(q)::VARCHAR AS json" : "COLUMNS(*)::VARCHAR";
      // on lines of its own: it may end in a comment
      answer(asked.executeQuery("SELECT " + columns + " FROM (\n" + statement + "\n) AS q"), rows);
    } catch (SQLException e) {
      throw explained(e, late[0], timeout);
    } finally {
      ended.countDown();
      end();
    }
  }

  private static void answer(ResultSet result, Rows rows) throws SQLException {
    try (result) {
      int count = result.getMetaData().getColumnCount();
      var names = new ArrayList<String>();
      for (int i = 1; i <= count; i++) {
        names.add(result.getMetaData().getColumnLabel(i));
      }
      rows.columns(names);
      boolean wanted = true;
      while (wanted && result.next()) {
        var values = new ArrayList<Optional<String>>(count);
        for (int i = 1; i <= count; i++) {
          values.add(Optional.ofNullable(result.getString(i)));
        }
        wanted = rows.row(values);
      }
    }
  }

  /** One SELECT, by the database's own parser, without what ends it. */
  private String checked(String select) {
    String trimmed = select.strip();
    while (trimmed.endsWith(";")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1).strip();
    }
    try (var statement =
        connection.prepareStatement(
            "SELECT j->>'error', j->>'error_type', j->>'error_message',"
                + " json_array_length(j->'statements')"
                + " FROM (SELECT json_serialize_sql(?::VARCHAR) AS j)")) {
      statement.setString(1, trimmed);
      try (var result = statement.executeQuery()) {
        result.next();
        if (!"false".equals(result.getString(1))) {
          boolean syntax = "parser".equals(result.getString(2));
          throw new JournalException(
              syntax
                  ? "The query is not understood: " + result.getString(3)
                  : "Only SELECT is answered (expected: one SELECT over the table exchanges)");
        }
        if (result.getInt(4) != 1) {
          throw new JournalException(
              result.getInt(4) + " statements (expected: one SELECT over the table exchanges)");
        }
      }
      return trimmed;
    } catch (SQLException e) {
      throw Sql.failed("The query is not understood", e);
    }
  }

  private static JournalException explained(SQLException e, boolean late, Duration timeout) {
    String words = Sql.words(e);
    if (late) {
      return new JournalException(
          "The query was stopped after %d s: narrow it down, or give it longer (--timeout)"
              .formatted(timeout.toSeconds()),
          e);
    }
    if (words.contains("Out of Memory") || words.contains(Sql.WANT_OF_MEMORY)) {
      return new JournalException(
          "The query needs more memory than it may have: narrow it down, or give it more (--memory)",
          e);
    }
    return new JournalException("The query failed: " + words, e);
  }

  private synchronized void begin(Statement statement) throws SQLException {
    running = Optional.of(statement);
    if (stopped) {
      statement.cancel();
      throw new SQLException("it was stopped");
    }
  }

  private synchronized void end() {
    running = Optional.empty();
    stopped = false;
  }

  /** Stops what runs, from another thread. */
  public synchronized void cancel() {
    stopped = true;
    running.ifPresent(statement -> {
      try {
        statement.cancel();
      } catch (SQLException e) {
        throw Sql.failed("The query could not be stopped", e);
      }
    });
  }

  @Override
  public void close() {
    try (database) {
      connection.close();
    } catch (SQLException e) {
      throw Sql.failed("The query's database could not be closed", e);
    }
  }
}
