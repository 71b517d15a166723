package dev.portcullis.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The append-only table of what happened; the store refuses to change or delete a line. */
final class Timeline {
  /** Characters of one line's text; the rest is cut off and marked. */
  static final int MAX_TEXT = 4_000;

  /** Lines that are read at once. */
  static final int MAX_READ = 20_000;

  private Timeline() {}

  static void append(
      Handle handle, long incident, Instant at, String author, String kind, String text) {
    handle
        .createUpdate(
            """
            INSERT INTO incident_timeline (incident, sequence, at, author, kind, text)
            SELECT :incident, COALESCE(MAX(sequence), 0) + 1, :at, :author, :kind, :text
            FROM incident_timeline WHERE incident = :incident
            """)
        .bind("incident", incident)
        .bind("at", at.toEpochMilli())
        .bind("author", author)
        .bind("kind", kind)
        .bind("text", cut(text))
        .execute();
  }

  static List<TimelineEntry> read(Handle handle, long incident) {
    return handle
        .createQuery(
            """
            SELECT sequence, at, author, kind, text FROM incident_timeline
            WHERE incident = :incident ORDER BY sequence LIMIT :limit
            """)
        .bind("incident", incident)
        .bind("limit", MAX_READ)
        .reduceRows(
            new ArrayList<TimelineEntry>(),
            (lines, row) -> {
              lines.add(
                  new TimelineEntry(
                      row.getColumn("sequence", Integer.class),
                      Instant.ofEpochMilli(row.getColumn("at", Long.class)),
                      row.getColumn("author", String.class),
                      row.getColumn("kind", String.class),
                      row.getColumn("text", String.class)));
              return lines;
            });
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
  }
}
