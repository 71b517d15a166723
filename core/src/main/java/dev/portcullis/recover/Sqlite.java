package dev.portcullis.recover;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/** Small change for SQLite through its own driver. */
final class Sqlite {
  /** How long a writer of the asset may keep its lock before recovery gives up. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Between two attempts to get the lock for a backup or restore: shorter than what SQLite makes
   * waiting writers wait, so that busy writers do not starve recovery.
   */
  private static final Duration ATTEMPT_EVERY = Duration.ofMillis(5);

  /** The whole database in one step, so that no writer makes the copy start over. */
  private static final int ALL_PAGES = -1;

  private Sqlite() {}

  /** An existing database; an absent one is an error and not created. */
  static SQLiteConnection open(Path file, Duration patience) throws SQLException {
    var config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout((int) patience.toMillis());
    return (SQLiteConnection) config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
  }

  /** SQLite's online backup: the connection's database, at one moment, over another file. */
  static SQLiteErrorCode backup(SQLiteConnection from, Path to, Duration patience)
      throws SQLException {
    from.setBusyTimeout(0);
    try {
      return code(
          from.getDatabase()
              .backup("main", name(to), null, everyMillis(), attempts(patience), ALL_PAGES));
    } finally {
      from.setBusyTimeout((int) patience.toMillis());
    }
  }

  /**
   * SQLite's online backup the other way: a file over the connection's database, in one
   * transaction. The driver reports the file's errors and not those of the database written to
   * (tried: it says OK where that one was locked), so the caller compares contents.
   */
  static SQLiteErrorCode restore(SQLiteConnection to, Path from, Duration patience)
      throws SQLException {
    to.setBusyTimeout(0);
    try {
      return code(
          to.getDatabase()
              .restore("main", name(from), null, everyMillis(), attempts(patience), ALL_PAGES));
    } finally {
      to.setBusyTimeout((int) patience.toMillis());
    }
  }

  static long number(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String name(Path file) {
    return file.toAbsolutePath().toString();
  }

  private static int everyMillis() {
    return (int) ATTEMPT_EVERY.toMillis();
  }

  private static int attempts(Duration patience) {
    return (int) patience.dividedBy(ATTEMPT_EVERY);
  }

  private static SQLiteErrorCode code(int code) {
    return SQLiteErrorCode.getErrorCode(code);
  }
}
