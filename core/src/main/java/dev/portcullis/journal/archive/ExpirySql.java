package dev.portcullis.journal.archive;

import dev.portcullis.config.RetentionSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The condition that an exchange has outlived its period. The longest period of its classes counts,
 * so it has expired when it has for each of them.
 */
final class ExpirySql {
  private static final String CLASSES =
      "list_concat(data_classes, coalesce(written_data_classes, []))";

  private ExpirySql() {}

  static String condition(RetentionSettings settings, Instant now) {
    var condition = new StringBuilder("record_type = 1 AND time IS NOT NULL");
    Map<String, Duration> classes = new TreeMap<>(settings.classes());
    classes.forEach((name, period) ->
        condition
            .append(" AND (")
            .append(before(now, period))
            .append(" OR NOT list_contains(")
            .append(CLASSES)
            .append(", ")
            .append(Sql.literal(name))
            .append("))"));
    String classed =
        classes.isEmpty()
            ? "false"
            : "(len("
                + CLASSES
                + ") > 0 AND len(list_filter("
                + CLASSES
                + ", lambda c: c NOT IN ("
                + Sql.literals(classes.keySet())
                + "))) = 0)";
    Optional<String> standard = settings.standard().map(period -> before(now, period));
    condition
        .append(" AND (")
        .append(classed)
        .append(standard.map(before -> " OR " + before).orElse(""))
        .append(")");
    return condition.toString();
  }

  private static String before(Instant now, Duration period) {
    return "time < " + SelectionSql.time(now.minus(period));
  }
}
