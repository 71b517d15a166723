package dev.portcullis.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The relational store: SQLite with a write-ahead log and {@code synchronous=FULL}, so that what
 * was committed survives a power cut. Times are kept as epoch milliseconds. Migrations lie in
 * {@code db/migration} on the class path.
 */
public final class Store implements AutoCloseable {
  /** Connections kept open: SQLite has one writer, readers do not wait for it. */
  static final int CONNECTIONS = 4;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  private Store(HikariDataSource pool) {
    this.pool = pool;
    this.jdbi = Jdbi.create(pool);
  }

  /** Opens or creates {@code store.db} in that directory and brings its schema up to date. */
  public static Store open(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot create the state directory " + directory + ": " + e.getMessage(), e);
    }
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(10_000);
    config.enforceForeignKeys(true);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + directory.resolve("store.db"));
    var hikari = new HikariConfig();
    hikari.setDataSource(source);
    hikari.setMaximumPoolSize(CONNECTIONS);
    hikari.setPoolName("store");
    var pool = new HikariDataSource(hikari);
    try {
      Flyway.configure().dataSource(pool).load().migrate();
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    return new Store(pool);
  }

  /** For SQL. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /** For libraries that bring their own SQL. */
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
