package dev.portcullis.journal.archive;

import dev.portcullis.journal.Selection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A selection as SQL. One scan for each kind of thing asked for, each leaving out what those before
 * it found: the database skips whole row groups by a list of values of one column, but not by a
 * disjunction over several.
 */
final class SelectionSql {
  private SelectionSql() {}

  /** Those of the files that match, in order of sequence. */
  static String of(List<Path> files, Selection selection) {
    String from = Sql.files(files);
    String span = span(selection);
    var conditions = new ArrayList<String>();
    add(conditions, "credential_uid", selection.credentials());
    add(conditions, "account_name", selection.accounts());
    add(conditions, "src_endpoint_ip", selection.sources());
    add(conditions, "tls_ja4", selection.fingerprints());
    add(conditions, "session_uid", selection.sessions());
    if (!selection.sequences().isEmpty()) {
      conditions.add(
          "sequence IN ("
              + selection.sequences().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(", "))
              + ")");
    }
    var scans = new ArrayList<String>();
    for (int i = 0; i < conditions.size(); i++) {
      String others =
          conditions.subList(0, i).stream()
              .map(condition -> " AND (" + condition + ") IS NOT TRUE")
              .collect(Collectors.joining());
      scans.add(
          "SELECT * FROM "
              + from
              + " WHERE "
              + conditions.get(i)
              + " AND record_type = 1"
              + span
              + others);
    }
    return "SELECT "
        + Columns.selected()
        + " FROM ("
        + String.join(" UNION ALL ", scans)
        + ") ORDER BY sequence";
  }

  private static void add(List<String> conditions, String column, Set<String> values) {
    if (!values.isEmpty()) {
      conditions.add(column + " IN (" + Sql.literals(values) + ")");
    }
  }

  private static String span(Selection selection) {
    return selection.from().map(from -> " AND time >= " + time(from)).orElse("")
        + selection.until().map(until -> " AND time < " + time(until)).orElse("");
  }

  /** Rounded up: whole microseconds at or after it are those at or after the rounded one. */
  static String time(Instant at) {
    long seconds =
        Math.clamp(
            at.getEpochSecond(),
            RowAppender.MIN_TIME / 1_000_000,
            RowAppender.MAX_TIME / 1_000_000 - 1);
    long micros = seconds * 1_000_000 + (at.getNano() + 999) / 1_000;
    return "make_timestamptz(" + micros + ")";
  }
}
