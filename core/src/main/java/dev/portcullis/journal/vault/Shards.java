package dev.portcullis.journal.vault;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The rows, spread over {@link #COUNT} pairs of tables, because forgetting must reach the bytes.
 *
 * <p>{@code secure_delete} zeroes what is deleted. It does not zero what SQLite leaves in a page's
 * free space when it moves cells from page to page, so a row may outlive its deletion there. A page
 * that is given back, though, is zeroed whole. So a row is forgotten by taking all others of its
 * tables into memory, emptying these, and putting the others back: no page that ever held the row
 * keeps a byte of it. The shards keep that small.
 *
 * <p>{@code subject_xx}: keyed hash of the subject, pseudonym, the subject sealed under a key of
 * its own. {@code pseudonym_xx}: the way back. The last byte of each table's key names its shard.
 */
final class Shards {
  static final int COUNT = 64;

  private static final int VERSION = 1;

  private Shards() {}

  /** A row: keyed hash of the subject, its pseudonym, the subject under a key of its own. */
  static final class Row {
    final byte[] hash;
    final byte[] pseudonym;
    final byte[] sealed;

    Row(byte[] hash, byte[] pseudonym, byte[] sealed) {
      this.hash = hash;
      this.pseudonym = pseudonym;
      this.sealed = sealed;
    }
  }

  /** Makes the tables where there are none. */
  static void create(VaultFile file) throws SQLException {
    long version = file.number("PRAGMA user_version");
    if (version == VERSION) {
      return;
    }
    if (version != 0) {
      throw new SQLException(
          "its version is %d (expected: %d): it was written by a newer Portcullis"
              .formatted(version, VERSION));
    }
    file.begin();
    for (int shard = 0; shard < COUNT; shard++) {
      file.run(
          "CREATE TABLE subject_%02x (hash BLOB PRIMARY KEY, pseudonym BLOB NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID"
              .formatted(shard));
      file.run(
          "CREATE TABLE pseudonym_%02x (pseudonym BLOB PRIMARY KEY, hash BLOB NOT NULL) WITHOUT ROWID"
              .formatted(shard));
    }
    Register.create(file);
    file.run("CREATE TABLE probe (filling BLOB)");
    file.run("PRAGMA user_version = " + VERSION);
    file.commit();
  }

  static Optional<Row> byHash(VaultFile file, byte[] hash) throws SQLException {
    PreparedStatement select =
        file.statement("SELECT pseudonym, sealed FROM " + subjects(hash) + " WHERE hash = ?");
    select.setBytes(1, hash);
    try (var row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new Row(hash, row.getBytes(1), row.getBytes(2)))
          : Optional.empty();
    }
  }

  static Optional<Row> byPseudonym(VaultFile file, byte[] pseudonym) throws SQLException {
    PreparedStatement select =
        file.statement("SELECT hash FROM " + pseudonyms(pseudonym) + " WHERE pseudonym = ?");
    select.setBytes(1, pseudonym);
    byte[] hash;
    try (var row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      hash = row.getBytes(1);
    }
    return byHash(file, hash);
  }

  /** False, and nothing done, if that pseudonym is another's. */
  static boolean claim(VaultFile file, byte[] pseudonym, byte[] hash) throws SQLException {
    PreparedStatement insert =
        file.statement(
            "INSERT INTO " + pseudonyms(pseudonym) + " VALUES (?, ?) ON CONFLICT DO NOTHING");
    insert.setBytes(1, pseudonym);
    insert.setBytes(2, hash);
    return insert.executeUpdate() == 1;
  }

  static void insert(VaultFile file, Row row) throws SQLException {
    PreparedStatement insert =
        file.statement("INSERT INTO " + subjects(row.hash) + " VALUES (?, ?, ?)");
    insert.setBytes(1, row.hash);
    insert.setBytes(2, row.pseudonym);
    insert.setBytes(3, row.sealed);
    insert.executeUpdate();
  }

  /** Inside a transaction, after which the write-ahead log has to be emptied. */
  static void forget(VaultFile file, Row row) throws SQLException {
    rewriteWithout(file, subjects(row.hash), "hash", row.hash);
    rewriteWithout(file, pseudonyms(row.pseudonym), "pseudonym", row.pseudonym);
  }

  private static void rewriteWithout(VaultFile file, String table, String key, byte[] value)
      throws SQLException {
    file.run("CREATE TEMP TABLE kept AS SELECT * FROM " + table + " WHERE 0");
    PreparedStatement keep =
        file.statement(
            "INSERT INTO temp.kept SELECT * FROM %s WHERE %s <> ?".formatted(table, key));
    keep.setBytes(1, value);
    keep.executeUpdate();
    file.run("DELETE FROM " + table);
    file.run("INSERT INTO %s SELECT * FROM temp.kept ORDER BY %s".formatted(table, key));
    file.run("DROP TABLE temp.kept");
  }

  private static String subjects(byte[] hash) {
    return NAMES[COUNT + shard(hash)];
  }

  private static String pseudonyms(byte[] pseudonym) {
    return NAMES[shard(pseudonym)];
  }

  /** {@link #COUNT} is a power of two. */
  private static int shard(byte[] key) {
    return key.length == 0 ? 0 : key[key.length - 1] & (COUNT - 1);
  }

  private static final String[] NAMES = names();

  private static String[] names() {
    var names = new String[2 * COUNT];
    for (int shard = 0; shard < COUNT; shard++) {
      names[shard] = "pseudonym_%02x".formatted(shard);
      names[COUNT + shard] = "subject_%02x".formatted(shard);
    }
    return names;
  }
}
