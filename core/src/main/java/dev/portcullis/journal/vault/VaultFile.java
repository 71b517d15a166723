package dev.portcullis.journal.vault;

import dev.portcullis.journal.PseudonymsUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One connection to the vault's database with its prepared statements. Not thread-safe. Plain JDBC:
 * the journal's writer waits for each new subject.
 */
final class VaultFile implements AutoCloseable {
  private static final int PAGE_BYTES = 4_096;

  /** Of a connection: new people land on pages all over the file. */
  private static final int CACHE_KIB = 32 << 10;

  /** The log may grow to this many pages before it is written back: 32 MiB. */
  private static final int LOG_PAGES = 8_192;

  private final Path file;
  private final Connection connection;

  /** As many as there are shards and kinds of statements. */
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private boolean begun;

  private VaultFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static VaultFile open(Path file, VaultLimits limits) {
    var config = new SQLiteConfig();
    config.setPageSize(PAGE_BYTES);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setCacheSize(-CACHE_KIB);
    config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(LOG_PAGES));
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setBusyTimeout((int) limits.patience().toMillis());
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "on");
    config.setPragma(
        SQLiteConfig.Pragma.MAX_PAGE_COUNT, Long.toString(limits.bytes() / PAGE_BYTES));
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    try {
      return new VaultFile(file, source.getConnection());
    } catch (SQLException e) {
      throw trouble(file, e);
    }
  }

  /** What is done with statements. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Does it; what SQLite says becomes the exception that the journal understands. */
  <T> T doing(Work<T> work) {
    try {
      return work.run();
    } catch (SQLException e) {
      throw trouble(file, e);
    }
  }

  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      prepared.put(sql, known);
    }
    return known;
  }

  void run(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  long number(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** For those who would not wait for other programs. */
  void patience(Duration patience) throws SQLException {
    run("PRAGMA busy_timeout = " + patience.toMillis());
  }

  void begin() throws SQLException {
    statement("BEGIN IMMEDIATE").execute();
    begun = true;
  }

  void commit() throws SQLException {
    statement("COMMIT").execute();
    begun = false;
  }

  /** If there is something to roll back. Never throws. */
  void rollback() {
    if (begun) {
      begun = false;
      try {
        statement("ROLLBACK").execute();
      } catch (SQLException doneAlready) {
        // after some errors SQLite has rolled back by itself; a new connection knows of none
        close();
      }
    }
  }

  boolean isOpen() {
    try {
      return !connection.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      prepared.clear();
      connection.close();
    } catch (SQLException e) {
      // what was committed is durable; the process gives the file back when it ends
      prepared.clear();
    }
  }

  private static PseudonymsUnavailableException trouble(Path file, SQLException e) {
    boolean full =
        e instanceof SQLiteException sqlite
            && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
    return new PseudonymsUnavailableException(
        "The vault of pseudonyms %s can't be used: %s; %s"
            .formatted(
                file,
                e.getMessage(),
                full
                    ? "make room on its disk"
                    : "check its disk, and that no other program has it locked"),
        full,
        e);
  }
}
