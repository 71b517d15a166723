package dev.portcullis.journal.archive;

import dev.portcullis.journal.JournalException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Rows of a query, one at a time. Not thread-safe. To be closed. */
public final class ArchiveRows implements AutoCloseable {
  private final String what;
  private final Connection connection;
  private final Statement statement;
  private final ResultSet result;
  private final RowDecoder decoder;

  private ArchiveRows(String what, Connection connection, Statement statement, ResultSet result) {
    this.what = what;
    this.connection = connection;
    this.statement = statement;
    this.result = result;
    this.decoder = new RowDecoder(result);
  }

  /** Takes the connection over. */
  static ArchiveRows open(String what, Connection connection, String sql) {
    try {
      try {
        Statement statement = connection.createStatement();
        return new ArchiveRows(what, connection, statement, statement.executeQuery(sql));
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Sql.failed(what + " can't be read", e);
    }
  }

  /**
   * The next one, or nothing at the end.
   *
   * @throws JournalException if the file is damaged
   */
  public Optional<ArchiveRow> next() {
    try {
      return result.next() ? Optional.of(decoder.row()) : Optional.empty();
    } catch (SQLException e) {
      throw Sql.failed(what + " can't be read", e);
    } catch (JournalException | ArithmeticException | ClassCastException | NullPointerException e) {
      // a column holds what no row of ours has
      throw new JournalException(what + " was altered: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try (connection;
        statement;
        result) {
      // in this order
    } catch (SQLException e) {
      throw Sql.failed(what + " can't be closed", e);
    }
  }
}
