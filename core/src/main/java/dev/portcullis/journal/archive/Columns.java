package dev.portcullis.journal.archive;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns of an archive file, in order: {@code docs/archive-format.md}. {@link RowAppender}
 * fills and {@link RowDecoder} reads them in this order; a new one goes to the end.
 */
final class Columns {
  private record Column(String name, String type) {}

  private static final String LIST = "VARCHAR[]";
  private static final String TEXT = "VARCHAR";
  private static final String LONG = "BIGINT";
  private static final String INT = "INTEGER";

  private static final List<Column> ALL =
      List.of(
          new Column("sequence", LONG),
          new Column("record_type", INT),
          new Column("record_version", INT),
          new Column("time", "TIMESTAMPTZ"),
          new Column("duration_us", LONG),
          new Column("api_operation", TEXT),
          new Column("credential_uid", TEXT),
          new Column("account_name", TEXT),
          new Column("claimed_account_name", TEXT),
          new Column("src_endpoint_ip", TEXT),
          new Column("tls_ja4", TEXT),
          new Column("user_agent_hash", TEXT),
          new Column("session_uid", TEXT),
          new Column("http_method", TEXT),
          new Column("url_path", TEXT),
          new Column("http_response_code", INT),
          new Column("http_request_body_length", LONG),
          new Column("http_response_body_length", LONG),
          new Column("disposition", TEXT),
          new Column("refused_by", TEXT),
          new Column("status_detail", TEXT),
          new Column("finding_rules", LIST),
          new Column("finding_categories", LIST),
          new Column("finding_locations", LIST),
          new Column("data_classes", LIST),
          new Column("subjects", LIST),
          new Column("records", LONG),
          new Column("observation", TEXT),
          new Column("unobserved_bytes", LONG),
          new Column("written_data_classes", LIST),
          new Column("written_subjects", LIST),
          new Column("written_records", LONG),
          new Column("written_observation", TEXT),
          new Column("written_unobserved_bytes", LONG),
          new Column("leaf", LONG),
          new Column("raw", "BLOB"));

  /** What a file is sorted by, so that those of one credential lie together. */
  static final String SORTED = "credential_uid, src_endpoint_ip, time, sequence, leaf";

  /** As the records lay in the segment: another record comes before the exchange after it. */
  static final String IN_ORDER = "sequence, record_type = 1, leaf";

  /** Rows of one group of a file: what is skipped or read as a whole. */
  static final int ROW_GROUP = 16_384;

  private Columns() {}

  /**
   * What divides the texts of a list where it crosses to Java and back as one text, which costs a
   * tenth. A row with a text that holds it has its bytes as well.
   */
  static final char DIVIDER = '\u001f';

  /** Creates a table to load rows into: as those of a file, lists as one text. */
  static String create(String table) {
    return "CREATE TABLE "
        + table
        + " ("
        + ALL.stream()
            .map(column -> column.name() + " " + (isList(column) ? TEXT : column.type()))
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static boolean isList(Column column) {
    return column.type().equals(LIST);
  }

  /** The rows of such a table as those of a file. */
  static String loaded(String table) {
    return "SELECT "
        + ALL.stream()
            .map(column ->
                isList(column)
                    ? "CASE WHEN %1$s = '' THEN []::VARCHAR[] ELSE string_split(%1$s, chr(31)) END AS %1$s"
                        .formatted(column.name())
                    : column.name())
            .collect(Collectors.joining(", "))
        + " FROM "
        + table;
  }

  /** All of them for {@link RowDecoder}: the time as microseconds since 1970, lists as one text. */
  static String selected() {
    return ALL.stream()
        .map(column ->
            column.name().equals("time")
                ? "epoch_us(time)"
                : isList(column)
                    ? "array_to_string(" + column.name() + ", chr(31))"
                    : column.name())
        .collect(Collectors.joining(", "));
  }

  /** All that concern an exchange, as people want to read them. */
  static String readable() {
    return ALL.stream()
        .map(Column::name)
        .filter(name -> !List.of("record_type", "record_version", "leaf", "raw").contains(name))
        .map(name -> name.equals("url_path") ? ReadablePath.SQL + " AS url_path" : name)
        .collect(Collectors.joining(", "));
  }

  /** Writes the rows of a query to a Parquet file. */
  static String copy(String query, java.nio.file.Path target) {
    return "COPY ("
        + query
        + " ORDER BY "
        + SORTED
        + ") TO "
        + Sql.literal(target.toString())
        + " (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE "
        + ROW_GROUP
        + ", USE_TMP_FILE false)";
  }
}
