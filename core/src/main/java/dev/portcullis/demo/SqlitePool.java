package dev.portcullis.demo;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Connections to a SQLite file with a write-ahead log. */
final class SqlitePool {
  private static final int CONNECTIONS = 4;
  private static final int BUSY_MILLIS = 30_000;

  private SqlitePool() {}

  static HikariDataSource open(Path file, SQLiteConfig.SynchronousMode synchronous) {
    var config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(synchronous);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(BUSY_MILLIS);
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    var hikari = new HikariConfig();
    hikari.setDataSource(source);
    hikari.setMaximumPoolSize(CONNECTIONS);
    hikari.setPoolName(file.getFileName().toString());
    return new HikariDataSource(hikari);
  }
}
