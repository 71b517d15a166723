package dev.portcullis.recover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqlite.SQLiteErrorCode;

/**
 * A SQLite database file. Copies go through SQLite's online backup in both directions, so that the
 * application may keep the database open throughout: a snapshot is one read transaction, a restore
 * one write transaction, which a crash rolls back whole.
 */
final class SqliteDriver implements AssetDriver {
  /**
   * How often a restore is repeated because somebody wrote between its commit and its verification.
   */
  static final int ATTEMPTS = 20;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private final Path live;
  private final Duration patience;

  SqliteDriver(Path live) {
    this(live, Sqlite.PATIENCE);
  }

  /**
   * @param patience with whoever keeps the database locked
   */
  SqliteDriver(Path live, Duration patience) {
    this.live = live;
    this.patience = patience;
  }

  @Override
  public Path live() {
    return live;
  }

  @Override
  public void snapshot(Path copy) {
    if (!Files.isRegularFile(live)) {
      throw new RecoveryException(
          "There is no database file at " + live + ": correct the asset's path, or restore it");
    }
    try {
      StateFiles.createEmpty(copy);
      try (var connection = Sqlite.open(live, patience)) {
        SQLiteErrorCode code = Sqlite.backup(connection, copy, patience);
        if (code != SQLiteErrorCode.SQLITE_OK) {
          throw failed("copy", live, code.message);
        }
      }
      try (var connection = Sqlite.open(copy, patience)) {
        // the copy of a database with a write-ahead log asks for one too; a copy is one file
        Sqlite.run(connection, "PRAGMA journal_mode=DELETE");
      }
    } catch (SQLException | IOException e) {
      throw failed("copy", live, e);
    }
  }

  @Override
  public boolean preserve(Path copy) {
    if (!Files.exists(live)) {
      return false;
    }
    try {
      if (isDatabase()) {
        snapshot(copy);
      } else {
        StateFiles.copyDurably(live, copy);
      }
    } catch (IOException e) {
      throw failed("keep", live, e);
    }
    return true;
  }

  @Override
  public List<String> complaints(Path copy) {
    var complaints = new ArrayList<String>();
    try (var connection = Sqlite.open(copy, patience);
        var statement = connection.createStatement();
        var lines = statement.executeQuery("PRAGMA integrity_check(10)")) {
      while (lines.next()) {
        if (!lines.getString(1).equals("ok")) {
          complaints.add(lines.getString(1));
        }
      }
    } catch (SQLException e) {
      complaints.add(String.valueOf(e.getMessage()));
    }
    return complaints;
  }

  @Override
  public Content content(Path file) {
    try (var connection = Sqlite.open(file, patience)) {
      Sqlite.run(connection, "BEGIN");
      Content content = SqliteContent.of(connection);
      Sqlite.run(connection, "ROLLBACK");
      return content;
    } catch (SQLException e) {
      throw failed("read", file, e);
    }
  }

  @Override
  public Content replaceLive(Path copy, Content expected) {
    try {
      return isDatabase() ? replaceContent(copy, expected) : replaceFile(copy);
    } catch (SQLException | IOException e) {
      throw failed("restore", live, e);
    }
  }

  /**
   * SQLite releases its lock when the restore commits; a writer may come in before the content is
   * read. {@code data_version} tells: it changes only when another connection has written. Then
   * nothing is known, and the restore is done again.
   */
  private Content replaceContent(Path copy, Content expected) throws SQLException {
    try (var connection = Sqlite.open(live, patience)) {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        long before = Sqlite.number(connection, "PRAGMA data_version");
        SQLiteErrorCode code = Sqlite.restore(connection, copy, patience);
        if (code != SQLiteErrorCode.SQLITE_OK) {
          throw failed("restore", live, code.message);
        }
        Sqlite.run(connection, "BEGIN");
        Content found = SqliteContent.of(connection);
        long after = Sqlite.number(connection, "PRAGMA data_version");
        Sqlite.run(connection, "ROLLBACK");
        if (found.equals(expected)) {
          return found;
        }
        if (before == after) {
          // nobody wrote, so either it was locked all the time, which this throws, or it went wrong
          Sqlite.run(connection, "BEGIN IMMEDIATE");
          Sqlite.run(connection, "ROLLBACK");
          return found;
        }
      }
    }
    throw new RecoveryException(
        live
            + " was restored "
            + ATTEMPTS
            + " times, and written to each time before its content could be verified:"
            + " make its routes read-only or stop its application, then restore again");
  }

  /** For a database that is gone or overwritten with something else. */
  private Content replaceFile(Path copy) throws IOException {
    Path fresh = live.resolveSibling("." + live.getFileName() + ".restoring");
    StateFiles.copyDurably(copy, fresh);
    // a log of the lost database must not be replayed into the new one
    Files.deleteIfExists(live.resolveSibling(live.getFileName() + "-wal"));
    Files.deleteIfExists(live.resolveSibling(live.getFileName() + "-shm"));
    Files.deleteIfExists(live.resolveSibling(live.getFileName() + "-journal"));
    StateFiles.publish(fresh, live);
    return content(live);
  }

  private boolean isDatabase() throws IOException {
    if (!Files.isRegularFile(live)) {
      return false;
    }
    try (var in = Files.newInputStream(live)) {
      byte[] start = in.readNBytes(MAGIC.length);
      return start.length == 0 || Arrays.equals(start, MAGIC);
    }
  }

  private static RecoveryException failed(String verb, Path file, Exception cause) {
    String reason =
        cause instanceof IOException io
            ? StateFiles.reason(io)
            : "SQLite says " + cause.getMessage();
    return new RecoveryException("Cannot " + verb + " the database " + file + ": " + reason, cause);
  }

  private static RecoveryException failed(String verb, Path file, String reason) {
    return new RecoveryException(
        "Cannot " + verb + " the database " + file + ": SQLite says " + reason);
  }
}
