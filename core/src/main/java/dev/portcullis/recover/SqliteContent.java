package dev.portcullis.recover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content of a SQLite database: its schema, the numbers applications keep in its header, and
 * every row of every table in an order of its own. Free pages, page numbers and the write-ahead log
 * do not count, so a copy, a restored and a vacuumed database have the same content. Rows are read
 * one at a time. A virtual table counts by its shadow tables, where its rows really lie.
 */
final class SqliteContent {
  private record Table(String name) {}

  private record Column(String name, int keyPosition) {}

  private SqliteContent() {}

  /** Reads within the transaction that the caller has begun, so that it is one moment's content. */
  static Content of(Connection connection) throws SQLException {
    var canonical = new Canonical();
    canonical.integer(Sqlite.number(connection, "PRAGMA user_version"));
    canonical.integer(Sqlite.number(connection, "PRAGMA application_id"));
    var rows = new TreeMap<String, Long>();
    for (Table table : schema(connection, canonical)) {
      canonical.text(table.name());
      rows.put(table.name(), rows(connection, table, canonical));
    }
    return new Content(canonical.hex(), rows);
  }

  private static List<Table> schema(Connection connection, Canonical canonical)
      throws SQLException {
    var tables = new ArrayList<Table>();
    try (var statement = connection.createStatement();
        var objects =
            statement.executeQuery(
                "SELECT type, name, tbl_name, sql, rootpage FROM sqlite_schema"
                    + " ORDER BY type, name")) {
      while (objects.next()) {
        for (int column = 1; column <= 4; column++) {
          value(objects, column, canonical);
        }
        boolean hasRows = objects.getLong("rootpage") != 0;
        if (objects.getString("type").equals("table") && hasRows) {
          tables.add(new Table(objects.getString("name")));
        }
      }
    }
    return tables;
  }

  private static long rows(Connection connection, Table table, Canonical canonical)
      throws SQLException {
    long count = 0;
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(inOrder(table, columns(connection, table)))) {
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= width; column++) {
          value(rows, column, canonical);
        }
        count++;
      }
    }
    canonical.integer(count);
    return count;
  }

  /**
   * By primary key first, because SQLite then walks an index instead of sorting the table; by all
   * other columns after it, because a key may be missing or hold nulls.
   */
  private static String inOrder(Table table, List<Column> columns) {
    String selected =
        columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(", "));
    Stream<String> key =
        columns.stream()
            .filter(column -> column.keyPosition() > 0)
            .sorted(Comparator.comparingInt(Column::keyPosition))
            .map(column -> quoted(column.name()));
    Stream<String> others =
        columns.stream()
            .filter(column -> column.keyPosition() == 0)
            .map(column -> quoted(column.name()) + " COLLATE BINARY");
    return "SELECT "
        + selected
        + " FROM "
        + quoted(table.name())
        + " ORDER BY "
        + Stream.concat(key, others).collect(Collectors.joining(", "));
  }

  private static List<Column> columns(Connection connection, Table table) throws SQLException {
    var columns = new ArrayList<Column>();
    try (var statement =
        connection.prepareStatement("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid")) {
      statement.setString(1, table.name());
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          columns.add(new Column(found.getString(1), found.getInt(2)));
        }
      }
    }
    return columns;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static void value(ResultSet row, int column, Canonical canonical) throws SQLException {
    switch (row.getObject(column)) {
      case null -> canonical.absent();
      case Double real -> canonical.real(real);
      case Number integer -> canonical.integer(integer.longValue());
      case byte[] blob -> canonical.blob(blob);
      case Object text -> canonical.text(text.toString());
    }
  }
}
