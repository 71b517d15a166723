package dev.portcullis.respond;

import dev.portcullis.incident.IncidentDesk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be written into timelines: put into the store in the transaction of the change itself,
 * then handed to the desk. After a crash between the two it is handed over again, unless it stands
 * there already: each line appears once.
 */
final class TimelineOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(TimelineOutbox.class);

  /** Lines that one round hands over. */
  private static final int BATCH = 100;

  private final Jdbi jdbi;
  private final IncidentDesk desk;
  private final ReentrantLock draining = new ReentrantLock();

  /** Whether a line that still lies here may stand in the timeline already. */
  private boolean doubtful = true;

  TimelineOutbox(Jdbi jdbi, IncidentDesk desk) {
    this.jdbi = jdbi;
    this.desk = desk;
  }

  private record Line(
      long number, String incident, Instant at, String author, String kind, String text) {}

  /** Adds a line, in the caller's transaction. */
  void add(Handle handle, String incident, Instant at, String author, String kind, String text) {
    handle
        .createUpdate(
            """
            INSERT INTO timeline_outbox (number, incident, at, author, kind, text)
            SELECT COALESCE(MAX(number), 0) + 1, :incident, :at, :author, :kind, :text
            FROM timeline_outbox
            """)
        .bind("incident", incident)
        .bind("at", at.toEpochMilli())
        .bind("author", author)
        .bind("kind", kind)
        .bind("text", text)
        .execute();
  }

  /**
   * Hands everything over. A failure is logged and kept for the next call: what was decided is in
   * force whether or not its line could be written.
   */
  void drain() {
    draining.lock();
    try {
      for (List<Line> lines = waiting(); !lines.isEmpty(); lines = waiting()) {
        for (Line line : lines) {
          handOver(line);
        }
      }
      doubtful = false;
    } catch (RuntimeException e) {
      doubtful = true;
      LOG.warn("Timeline lines wait in the store, to be written at the next attempt", e);
    } finally {
      draining.unlock();
    }
  }

  private void handOver(Line line) {
    try {
      if (!doubtful || !stands(line)) {
        desk.record(line.incident(), line.at(), line.author(), line.kind(), line.text());
      }
    } catch (IllegalArgumentException e) {
      // It must not hold up the lines behind it, and no later attempt could do better.
      LOG.warn("A line is left out of the timeline of {}", line.incident(), e);
    }
    jdbi.useHandle(handle ->
        handle
            .createUpdate("DELETE FROM timeline_outbox WHERE number = :number")
            .bind("number", line.number())
            .execute());
  }

  private boolean stands(Line line) {
    return desk.timeline(line.incident()).stream()
        .anyMatch(entry ->
            entry.at().equals(line.at())
                && entry.kind().equals(line.kind())
                && entry.text().equals(line.text()));
  }

  private List<Line> waiting() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery("SELECT * FROM timeline_outbox ORDER BY number LIMIT :batch")
            .bind("batch", BATCH)
            .reduceRows(
                new ArrayList<Line>(),
                (lines, row) -> {
                  lines.add(
                      new Line(
                          row.getColumn("number", Long.class),
                          row.getColumn("incident", String.class),
                          Instant.ofEpochMilli(row.getColumn("at", Long.class)),
                          row.getColumn("author", String.class),
                          row.getColumn("kind", String.class),
                          row.getColumn("text", String.class)));
                  return lines;
                }));
  }
}
