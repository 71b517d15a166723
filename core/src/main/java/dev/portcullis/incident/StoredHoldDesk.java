package dev.portcullis.incident;

import dev.portcullis.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/** Legal holds in the store: placed and released, never deleted. */
public final class StoredHoldDesk implements HoldDesk {
  /** Holds of one incident that are read, newest first. */
  static final int MAX_READ = 1_000;

  private static final String HOLDING =
      "SELECT * FROM incident_hold WHERE released_at IS NULL"
          + " AND (until_at IS NULL OR until_at > :now) ";

  private final Jdbi jdbi;
  private final InstantSource clock;

  /** On that store, with that clock. */
  public StoredHoldDesk(Store store, InstantSource clock) {
    this.jdbi = store.jdbi();
    this.clock = clock;
  }

  @Override
  public Hold place(String incident, Optional<Instant> until, String author, String reason) {
    requireReason(incident, reason);
    Instant now = now();
    if (until.isPresent() && !until.get().isAfter(now)) {
      throw new IllegalArgumentException(
          "A hold on %s until %s would be over already (expected: a moment after %s)"
              .formatted(incident, until.get(), now));
    }
    return jdbi.inTransaction(handle -> {
      long number = existing(handle, incident);
      Optional<Hold> before = inForce(handle, number, now);
      before.ifPresent(held -> end(handle, held, now, author, "replaced: " + reason));
      long hold =
          handle
              .createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM incident_hold")
              .mapTo(Long.class)
              .one();
      handle
          .createUpdate(
              """
              INSERT INTO incident_hold (number, incident, placed_at, placed_by, reason, until_at)
              VALUES (:hold, :incident, :now, :author, :reason, :until)
              """)
          .bind("hold", hold)
          .bind("incident", number)
          .bind("now", now.toEpochMilli())
          .bind("author", author)
          .bind("reason", reason)
          .bind("until", until.map(Instant::toEpochMilli).orElse(null))
          .execute();
      String end = until.map(moment -> "until " + moment).orElse("until it is released");
      String instead = before.map(held -> ", in the place of " + held.id()).orElse("");
      String text = "Legal hold HLD-%d %s%s: %s".formatted(hold, end, instead, reason);
      Timeline.append(handle, number, now, author, "hold", text);
      return inForce(handle, number, now).orElseThrow();
    });
  }

  @Override
  public Hold release(String incident, String author, String reason) {
    requireReason(incident, reason);
    Instant now = now();
    return jdbi.inTransaction(handle -> {
      long number = existing(handle, incident);
      Hold held =
          inForce(handle, number, now)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      incident + " is not under a legal hold: there is nothing to release"));
      end(handle, held, now, author, reason);
      String text = "Legal hold %s released: %s".formatted(held.id(), reason);
      Timeline.append(handle, number, now, author, "hold", text);
      return read(handle, number).stream()
          .filter(each -> each.id().equals(held.id()))
          .findFirst()
          .orElseThrow();
    });
  }

  private static void end(Handle handle, Hold hold, Instant now, String author, String reason) {
    handle
        .createUpdate(
            """
            UPDATE incident_hold SET released_at = :now, released_by = :author,
              release_reason = :reason
            WHERE number = :number
            """)
        .bind("number", Long.parseLong(hold.id().substring("HLD-".length())))
        .bind("now", now.toEpochMilli())
        .bind("author", author)
        .bind("reason", reason)
        .execute();
  }

  @Override
  public List<Hold> of(String incident) {
    OptionalLong number = IncidentIds.parse(incident);
    return number.isEmpty()
        ? List.of()
        : jdbi.withHandle(handle -> read(handle, number.getAsLong()));
  }

  private static List<Hold> read(Handle handle, long incident) {
    return holds(
        handle
            .createQuery(
                "SELECT * FROM incident_hold WHERE incident = :incident"
                    + " ORDER BY number DESC LIMIT :limit")
            .bind("incident", incident)
            .bind("limit", MAX_READ));
  }

  @Override
  public Optional<Hold> inForce(String incident) {
    OptionalLong number = IncidentIds.parse(incident);
    return number.isEmpty()
        ? Optional.empty()
        : jdbi.withHandle(handle -> inForce(handle, number.getAsLong(), now()));
  }

  private static Optional<Hold> inForce(Handle handle, long incident, Instant now) {
    return holds(
            handle
                .createQuery(HOLDING + "AND incident = :incident")
                .bind("incident", incident)
                .bind("now", now.toEpochMilli()))
        .stream()
        .findFirst();
  }

  @Override
  public List<Hold> inForce() {
    // all of them: one left out would be evidence deleted; at most one an incident
    return jdbi.withHandle(handle ->
        holds(handle.createQuery(HOLDING + "ORDER BY number").bind("now", now().toEpochMilli())));
  }

  private static List<Hold> holds(Query query) {
    return query.reduceRows(
        new ArrayList<Hold>(),
        (all, row) -> {
          all.add(hold(row));
          return all;
        });
  }

  private static Hold hold(RowView row) {
    return new Hold(
        "HLD-" + row.getColumn("number", Long.class),
        IncidentIds.format(row.getColumn("incident", Long.class)),
        Instant.ofEpochMilli(row.getColumn("placed_at", Long.class)),
        row.getColumn("placed_by", String.class),
        row.getColumn("reason", String.class),
        Optional.ofNullable(row.getColumn("until_at", Long.class)).map(Instant::ofEpochMilli),
        Optional.ofNullable(row.getColumn("released_at", Long.class))
            .map(at ->
                new Hold.Release(
                    Instant.ofEpochMilli(at),
                    row.getColumn("released_by", String.class),
                    row.getColumn("release_reason", String.class))));
  }

  private static long existing(Handle handle, String id) {
    OptionalLong number = IncidentIds.parse(id);
    if (number.isEmpty() || IncidentRows.state(handle, number.getAsLong()).isEmpty()) {
      throw new IllegalArgumentException(
          "There is no incident '%s' (expected: the id of one, such as INC-1)".formatted(id));
    }
    return number.getAsLong();
  }

  private static void requireReason(String id, String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException(
          "A reason is needed to hold or release " + id + " (found: none); say why");
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.instant().toEpochMilli());
  }
}
