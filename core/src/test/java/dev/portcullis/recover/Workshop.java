package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A desk with one real SQLite asset, {@code clinic}, and a clock that stands still. */
final class Workshop implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  final Path root;
  final Path database;
  final Path offsite;
  final Path state;
  final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Store store;

  Workshop(Path root) throws IOException {
    this.root = root;
    this.database = root.resolve("clinic.db");
    this.offsite = Files.createDirectories(root.resolve("offsite"));
    this.state = root.resolve("state");
    this.store = Store.open(state);
  }

  StoredRecoveryDesk desk() {
    return desk("keys", offsite, 48);
  }

  StoredRecoveryDesk desk(String keys, Path destination, int keep) {
    return desk(keys, destination, keep, Breaches.NONE);
  }

  StoredRecoveryDesk desk(String keys, Path destination, int keep, Breaches breaches) {
    var settings =
        new AssetSettings(
            "clinic",
            new AssetSettings.Source.Sqlite(database),
            "clinic",
            Duration.ofSeconds(30),
            new AssetSettings.Copies.Snapshots(destination, keep),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1));
    return new StoredRecoveryDesk(
        List.of(settings),
        List.of(),
        Keyring.open(root.resolve(keys)).streamCipher("backup"),
        new EngineKeys(
            () -> Keyring.open(root.resolve(keys)).passwordFile("repositories"),
            name -> Optional.empty()),
        List.of(new BeforeBreaches(breaches)),
        state,
        store.jdbi(),
        now::get,
        new SimpleMeterRegistry());
  }

  /** Lets that much time pass. */
  Instant later(Duration time) {
    return now.updateAndGet(instant -> instant.plus(time));
  }

  /** An open connection of the application's. */
  Connection application() throws SQLException {
    return application(database);
  }

  static Connection application(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    run(connection, "PRAGMA busy_timeout=60000");
    return connection;
  }

  /** Makes the asset: so many accounts with 100 each. */
  void create(int accounts) throws SQLException {
    try (var connection = application()) {
      run(connection, "PRAGMA journal_mode=WAL");
      run(connection, "CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER, note TEXT)");
      run(
          connection,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + accounts
              + ") INSERT INTO account SELECT i, 100, hex(randomblob(200)) FROM n");
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  static long number(Path file, String sql) throws SQLException {
    try (var connection = application(file)) {
      return number(connection, sql);
    }
  }

  RecoveryDesk.Request sandbox(Instant before) {
    return new RecoveryDesk.Request("clinic", before, Optional.empty(), Optional.empty(), false);
  }

  RecoveryDesk.Request live(Instant before) {
    return new RecoveryDesk.Request("clinic", before, Optional.of("INC-1"), Optional.empty(), true);
  }

  @Override
  public void close() {
    store.close();
  }
}
