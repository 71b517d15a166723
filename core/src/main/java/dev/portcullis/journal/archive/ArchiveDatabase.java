package dev.portcullis.journal.archive;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in memory, which reads and writes Parquet. Bounded memory, beyond which it spills into
 * the temporary directory; no network, no extensions. Connections may be used by several threads,
 * one each.
 */
final class ArchiveDatabase implements AutoCloseable {
  /** Spilled at most; a sort beyond it fails and says so. */
  private static final String MAX_SPILL = "16GiB";

  private final DuckDBConnection first;

  private ArchiveDatabase(DuckDBConnection first) {
    this.first = first;
  }

  /**
   * Opens one.
   *
   * @param memory bytes it may take
   * @param threads it may use
   * @param spill directory made when it is needed
   */
  static ArchiveDatabase open(long memory, int threads, Path spill) {
    var properties = new Properties();
    properties.setProperty("memory_limit", memory / 1024 + "KiB");
    properties.setProperty("threads", String.valueOf(threads));
    properties.setProperty("temp_directory", spill.toString());
    properties.setProperty("max_temp_directory_size", MAX_SPILL);
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("jdbc_stream_results", "true");
    try {
      var connection =
          DriverManager.getConnection("jdbc:duckdb:", properties).unwrap(DuckDBConnection.class);
      Sql.run(connection, "SET TimeZone = 'UTC'");
      Sql.run(connection, "SET enable_progress_bar = false");
      return new ArchiveDatabase(connection);
    } catch (SQLException e) {
      throw Sql.failed("The archive's database could not be started", e);
    }
  }

  /** Another connection, to be closed. */
  DuckDBConnection connect() throws SQLException {
    DuckDBConnection connection = first.duplicate();
    Sql.run(connection, "SET TimeZone = 'UTC'");
    return connection;
  }

  @Override
  public void close() {
    try {
      first.close();
    } catch (SQLException e) {
      throw Sql.failed("The archive's database could not be closed", e);
    }
  }
}
