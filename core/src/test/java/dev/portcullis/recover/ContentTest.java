package dev.portcullis.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as the same content. */
class ContentTest {
  private static final String[] TABLES = {
    "CREATE TABLE t (a, b TEXT, c BLOB)",
    "CREATE TABLE t (a, b TEXT, c BLOB, PRIMARY KEY (b, a)) WITHOUT ROWID",
    "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c BLOB)"
  };

  @TempDir Path directory;

  @Test
  void itDoesNotDependOnTheOrderOfInsertionNorOnThePlaceOnThePages() {
    qt().withExamples(40)
        .forAll(
            lists().of(integers().between(-1000, 1000)).ofSizeBetween(0, 30),
            integers().between(0, TABLES.length - 1),
            integers().all())
        .checkAssert((values, table, seed) -> {
          List<Integer> rows = values.stream().distinct().toList();
          var shuffled = new ArrayList<>(rows);
          Collections.shuffle(shuffled, new Random(seed));
          assertThat(content(table, shuffled, "DELETE FROM t WHERE b = 'none'", "VACUUM"))
              .isEqualTo(content(table, rows));
        });
  }

  @Test
  void itChangesWithEveryValueRowTableAndColumn() throws Exception {
    Content before = content(2, List.of(1, 2, 3));
    for (String change :
        List.of(
            "UPDATE t SET b = b || ' ' WHERE a = 2",
            "UPDATE t SET c = NULL WHERE a = 1",
            "UPDATE t SET c = CAST(c AS TEXT) WHERE a = 1",
            "UPDATE t SET a = 4 WHERE a = 3",
            "DELETE FROM t WHERE a = 3",
            "INSERT INTO t VALUES (4, 'new', x'00')",
            "CREATE TABLE u (x)",
            "CREATE INDEX i ON t (b)",
            "ALTER TABLE t ADD COLUMN d",
            "PRAGMA user_version = 9")) {
      assertThat(content(2, List.of(1, 2, 3), change)).as(change).isNotEqualTo(before);
    }
  }

  @Test
  void anEmptyDatabaseHasAContentToo() throws Exception {
    Path file = Files.createFile(directory.resolve("empty.db"));
    assertThat(new SqliteDriver(file).content(file).rows()).isEmpty();
  }

  @Test
  void rowsOfEachTableAreCounted() throws Exception {
    assertThat(content(0, List.of(5, 6, 7)).rows()).containsOnly(java.util.Map.entry("t", 3L));
  }

  private Content content(int table, List<Integer> rows, String... more) {
    try {
      Path file = Files.createTempFile(directory, "content", ".db");
      try (Connection connection = Workshop.application(file)) {
        Workshop.run(connection, "PRAGMA synchronous=OFF");
        Workshop.run(connection, TABLES[table]);
        for (int row : rows) {
          Workshop.run(
              connection,
              "INSERT INTO t VALUES (%d, 'text %d', x'%02x')"
                  .formatted(row, row, Math.floorMod(row, 7)));
        }
        for (String sql : more) {
          Workshop.run(connection, sql);
        }
      }
      return new SqliteDriver(file).content(file);
    } catch (SQLException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
