package dev.portcullis.journal.archive;

import dev.portcullis.journal.JournalException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Pieces of DuckDB's SQL. */
final class Sql {
  /** What a query breaks off for when it says nothing. */
  static final String WANT_OF_MEMORY = "want of memory (journal.archive.memory)";

  private Sql() {}

  /** A text as a literal. */
  static String literal(String text) {
    // a statement is a C string: a zero byte would end it
    return text.indexOf('\0') < 0
        ? quoted(text)
        : "("
            + java.util.Arrays.stream(text.split("\0", -1))
                .map(Sql::quoted)
                .collect(Collectors.joining(" || chr(0) || "))
            + ")";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Texts, divided by commas. */
  static String literals(Collection<String> texts) {
    return texts.stream().map(Sql::literal).collect(Collectors.joining(", "));
  }

  /** The rows of those files, of any version of the format. */
  static String files(List<Path> files) {
    return "read_parquet(["
        + files.stream().map(Path::toString).map(Sql::literal).collect(Collectors.joining(", "))
        + "])";
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What the database says, in one line, as ours. */
  static JournalException failed(String what, SQLException e) {
    return new JournalException(what + ": " + words(e), e);
  }

  /** The database's message without the excerpt of the statement and its stack. */
  static String words(SQLException e) {
    String message = String.valueOf(e.getMessage()).strip();
    if (message.contains("Invalid result set")) {
      // all that the driver tells when a result that is streamed fails before its first row
      return "it broke off, most likely for " + WANT_OF_MEMORY;
    }
    int end = message.indexOf("\n\n");
    return (end < 0 ? message : message.substring(0, end)).replace('\n', ' ').strip();
  }
}
