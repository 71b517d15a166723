package dev.portcullis.journal.vault;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of erasures: added to, never changed. */
final class Register {
  private static final String COLUMNS =
      "number, pseudonym, at, author, reason, request, despite FROM erasure ";

  private Register() {}

  static void create(VaultFile file) throws SQLException {
    file.run(
        """
        CREATE TABLE erasure (number INTEGER PRIMARY KEY, pseudonym BLOB NOT NULL UNIQUE,
          at INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, request TEXT, despite TEXT)
        """);
    file.run(
        """
        CREATE TRIGGER erasure_kept BEFORE DELETE ON erasure BEGIN
          SELECT RAISE(ABORT, 'the register of erasures is append-only: nothing is deleted'); END
        """);
    file.run(
        """
        CREATE TRIGGER erasure_unchanged BEFORE UPDATE ON erasure BEGIN
          SELECT RAISE(ABORT, 'the register of erasures is append-only: nothing is changed'); END
        """);
  }

  static Erasure add(VaultFile file, byte[] pseudonym, Instant at, Erasure.Order order)
      throws SQLException {
    PreparedStatement insert =
        file.statement(
            "INSERT INTO erasure (pseudonym, at, author, reason, request, despite)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    insert.setBytes(1, pseudonym);
    insert.setLong(2, at.toEpochMilli());
    insert.setString(3, order.by());
    insert.setString(4, order.reason());
    insert.setString(5, order.request().orElse(null));
    insert.setString(6, order.despite().orElse(null));
    insert.executeUpdate();
    return find(file, pseudonym).orElseThrow();
  }

  static Optional<Erasure> find(VaultFile file, byte[] pseudonym) throws SQLException {
    PreparedStatement select = file.statement("SELECT " + COLUMNS + "WHERE pseudonym = ?");
    select.setBytes(1, pseudonym);
    try (var row = select.executeQuery()) {
      return row.next() ? Optional.of(read(row)) : Optional.empty();
    }
  }

  static List<Erasure> newest(VaultFile file, int limit) throws SQLException {
    PreparedStatement select = file.statement("SELECT " + COLUMNS + "ORDER BY number DESC LIMIT ?");
    select.setInt(1, limit);
    var newest = new ArrayList<Erasure>();
    try (var row = select.executeQuery()) {
      while (row.next()) {
        newest.add(read(row));
      }
    }
    return newest;
  }

  private static Erasure read(ResultSet row) throws SQLException {
    return new Erasure(
        "ERA-" + row.getLong(1),
        PseudonymBytes.pseudonym(row.getBytes(2)),
        Instant.ofEpochMilli(row.getLong(3)),
        row.getString(4),
        row.getString(5),
        optional(row.getString(6)),
        optional(row.getString(7)));
  }

  private static Optional<String> optional(@Nullable String text) {
    return Optional.ofNullable(text);
  }
}
