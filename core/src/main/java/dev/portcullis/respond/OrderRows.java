package dev.portcullis.respond;

import dev.portcullis.gate.blocklist.Restriction;
import dev.portcullis.incident.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.Query;

/** The tables of orders and of what became of them; the store refuses to delete any. */
final class OrderRows {
  /** Orders that are listed, newest first. */
  static final int MAX_LISTED = 10_000;

  private static final String IN_FORCE = "released_at IS NULL AND expires_at > :now";

  private OrderRows() {}

  static String id(long number) {
    return "ORD-" + number;
  }

  private static long number(String id) {
    try {
      return id.startsWith("ORD-") ? Long.parseLong(id.substring(4)) : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static Order insert(
      Handle handle,
      Containment.Request request,
      String target,
      Instant now,
      Set<String> accountsHit) {
    long number =
        handle
            .createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM containment_order")
            .mapTo(Long.class)
            .one();
    Instant created = Instant.ofEpochMilli(now.toEpochMilli());
    var order =
        new Order(
            id(number),
            request.kind(),
            target,
            request.incident(),
            request.author(),
            request.reason(),
            created,
            created.plusMillis(request.expiry().toMillis()),
            Optional.empty());
    handle
        .createUpdate(
            """
            INSERT INTO containment_order
              (number, kind, target, incident, author, reason, created_at, expires_at)
            VALUES (:number, :kind, :target, :incident, :author, :reason, :created, :expires)
            """)
        .bind("number", number)
        .bind("kind", order.kind().name())
        .bind("target", target)
        .bind("incident", order.incident())
        .bind("author", order.author())
        .bind("reason", order.reason())
        .bind("created", order.createdAt().toEpochMilli())
        .bind("expires", order.expiresAt().toEpochMilli())
        .execute();
    for (String account : accountsHit) {
      handle
          .createUpdate(
              "INSERT INTO containment_hit (order_number, account) VALUES (:number, :account)")
          .bind("number", number)
          .bind("account", account)
          .execute();
    }
    event(handle, order.id(), "applied", now, order.author(), order.reason());
    return order;
  }

  static void release(Handle handle, String id, Order.Release release) {
    handle
        .createUpdate(
            """
            UPDATE containment_order
            SET released_at = :at, released_by = :author, released_reason = :reason
            WHERE number = :number
            """)
        .bind("number", number(id))
        .bind("at", release.at().toEpochMilli())
        .bind("author", release.author())
        .bind("reason", release.reason())
        .execute();
    event(handle, id, "released", release.at(), release.author(), release.reason());
  }

  static void expire(Handle handle, String id, Instant now) {
    handle
        .createUpdate("UPDATE containment_order SET expired_at = :now WHERE number = :number")
        .bind("number", number(id))
        .bind("now", now.toEpochMilli())
        .execute();
    event(handle, id, "expired", now, TimelineEntry.MACHINE, "its time had come");
  }

  private static void event(
      Handle handle, String id, String event, Instant at, String author, String reason) {
    handle
        .createUpdate(
            """
            INSERT INTO containment_event (order_number, event, at, author, reason)
            VALUES (:number, :event, :at, :author, :reason)
            """)
        .bind("number", number(id))
        .bind("event", event)
        .bind("at", at.toEpochMilli())
        .bind("author", author)
        .bind("reason", reason)
        .execute();
  }

  static List<Order> newest(Handle handle) {
    return orders(
        handle
            .createQuery("SELECT * FROM containment_order ORDER BY number DESC LIMIT :limit")
            .bind("limit", MAX_LISTED));
  }

  static Optional<Order> find(Handle handle, String id) {
    return orders(
            handle
                .createQuery("SELECT * FROM containment_order WHERE number = :number")
                .bind("number", number(id)))
        .stream()
        .findFirst();
  }

  static List<Order> inForce(Handle handle, Instant now) {
    return orders(
        handle
            .createQuery("SELECT * FROM containment_order WHERE " + IN_FORCE + " ORDER BY number")
            .bind("now", now.toEpochMilli()));
  }

  /** Those whose time has come and for which nobody has said so yet. */
  static List<Order> overdue(Handle handle, Instant now) {
    return orders(
        handle
            .createQuery(
                """
                SELECT * FROM containment_order
                WHERE released_at IS NULL AND expired_at IS NULL AND expires_at <= :now
                ORDER BY number
                """)
            .bind("now", now.toEpochMilli()));
  }

  /** All there ever were about that target, newest first. */
  static List<Order> about(Handle handle, Restriction.Kind kind, String target) {
    return orders(
        handle
            .createQuery(
                """
                SELECT * FROM containment_order WHERE kind = :kind AND target = :target
                ORDER BY number DESC LIMIT :limit
                """)
            .bind("kind", kind.name())
            .bind("target", target)
            .bind("limit", MAX_LISTED));
  }

  /** Accounts that the automatic orders in force hit. */
  static Set<String> accountsHitAutomatically(Handle handle, Instant now) {
    return new TreeSet<>(
        handle
            .createQuery(
                """
                SELECT DISTINCT h.account FROM containment_hit h
                JOIN containment_order o ON o.number = h.order_number
                WHERE o.author = :machine AND o.released_at IS NULL AND o.expires_at > :now
                """)
            .bind("machine", TimelineEntry.MACHINE)
            .bind("now", now.toEpochMilli())
            .mapTo(String.class)
            .list());
  }

  private static List<Order> orders(Query query) {
    return query.reduceRows(
        new ArrayList<Order>(),
        (orders, row) -> {
          orders.add(order(row));
          return orders;
        });
  }

  private static Order order(RowView row) {
    return new Order(
        id(row.getColumn("number", Long.class)),
        Restriction.Kind.valueOf(row.getColumn("kind", String.class)),
        row.getColumn("target", String.class),
        Optional.ofNullable(row.getColumn("incident", String.class)),
        row.getColumn("author", String.class),
        row.getColumn("reason", String.class),
        Instant.ofEpochMilli(row.getColumn("created_at", Long.class)),
        Instant.ofEpochMilli(row.getColumn("expires_at", Long.class)),
        Optional.ofNullable(row.getColumn("released_at", Long.class))
            .map(at ->
                new Order.Release(
                    Instant.ofEpochMilli(at),
                    row.getColumn("released_by", String.class),
                    row.getColumn("released_reason", String.class))));
  }
}
