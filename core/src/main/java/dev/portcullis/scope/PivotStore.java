package dev.portcullis.scope;

import dev.portcullis.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import tools.jackson.databind.json.JsonMapper;

/** Keeps proposed pivots, numbered per incident from 1, and what persons decided on them. */
final class PivotStore {
  /** Of one incident. */
  static final int MAX_LISTED = 10_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Store store;

  PivotStore(Store store) {
    this.store = store;
  }

  /**
   * Gives each its id: that under which it was proposed before, if nobody has decided on it, else a
   * new one. What is no longer proposed and was not decided on is no longer listed.
   *
   * @return those, then the decided
   */
  List<Pivot> propose(String incident, List<Pivot> pivots) {
    return store
        .jdbi()
        .inTransaction(handle -> {
          Map<String, Row> open = new HashMap<>();
          long number = 0;
          var decided = new ArrayList<Pivot>();
          for (Row row : rows(handle, incident)) {
            number = Math.max(number, row.number);
            if (row.pivot.decision().isPresent()) {
              decided.add(row.pivot);
            } else {
              open.put(row.key, row);
            }
          }
          handle
              .createUpdate(
                  "UPDATE scope_pivot SET proposed = 0 WHERE incident = :incident AND proposed = 1")
              .bind("incident", incident)
              .execute();
          var named = new ArrayList<Pivot>();
          for (Pivot pivot : pivots) {
            Row before = open.remove(key(pivot));
            long its = before == null ? ++number : before.number;
            Pivot whole = pivot.decided("P" + its, Optional.empty());
            put(handle, incident, its, whole, before == null);
            named.add(whole);
          }
          named.addAll(decided);
          return named;
        });
  }

  private static void put(Handle handle, String incident, long number, Pivot pivot, boolean isNew) {
    handle
        .createUpdate(
            isNew
                ? "INSERT INTO scope_pivot (incident, number, edge, proposed, document)"
                    + " VALUES (:incident, :number, :edge, 1, :document)"
                : "UPDATE scope_pivot SET proposed = 1, document = :document"
                    + " WHERE incident = :incident AND number = :number AND edge = :edge")
        .bind("incident", incident)
        .bind("number", number)
        .bind("edge", key(pivot))
        .bind("document", JSON.writeValueAsString(pivot))
        .execute();
  }

  /** What makes it the same edge at the next determination. */
  private static String key(Pivot pivot) {
    String target = pivot.uses() == 1 ? pivot.terms().getFirst().words() : "several";
    return cut(pivot.kind() + " " + pivot.shared() + " " + target);
  }

  private static String cut(String text) {
    return text.length() <= 500 ? text : text.substring(0, 500);
  }

  /** Those proposed or decided on. */
  List<Pivot> list(String incident) {
    return store
        .jdbi()
        .withHandle(handle ->
            rows(handle, incident).stream()
                .filter(row -> row.proposed || row.pivot.decision().isPresent())
                .map(Row::pivot)
                .toList());
  }

  /**
   * Keeps a decision; a later one on the same pivot supersedes it.
   *
   * @throws IllegalArgumentException if there is no such pivot
   */
  Pivot decide(String incident, String id, Pivot.Decision decision) {
    return store
        .jdbi()
        .inTransaction(handle -> {
          Row row =
              rows(handle, incident).stream()
                  .filter(each -> each.pivot.id().equals(id))
                  .findFirst()
                  .orElseThrow(() ->
                      new IllegalArgumentException(
                          "There is no pivot '%s' of %s (expected: one that portcullis scope pivots %s lists)"
                              .formatted(id, incident, incident)));
          handle
              .createUpdate(
                  "INSERT INTO scope_decision (incident, number, sequence, accepted, author, at, reason)"
                      + " SELECT :incident, :number, COALESCE(MAX(sequence), 0) + 1, :accepted, :author,"
                      + " :at, :reason FROM scope_decision WHERE incident = :incident")
              .bind("incident", incident)
              .bind("number", row.number)
              .bind("accepted", decision.accepted() ? 1 : 0)
              .bind("author", decision.by())
              .bind("at", decision.at().toEpochMilli())
              .bind("reason", decision.reason())
              .execute();
          return row.pivot.decided(id, Optional.of(decision));
        });
  }

  private record Row(long number, String key, boolean proposed, Pivot pivot) {}

  private static List<Row> rows(Handle handle, String incident) {
    Map<Long, Pivot.Decision> decisions = new HashMap<>();
    handle
        .createQuery(
            "SELECT number, accepted, author, at, reason FROM scope_decision"
                + " WHERE incident = :incident ORDER BY sequence")
        .bind("incident", incident)
        .map((RowView row) ->
            Map.entry(
                row.getColumn("number", Long.class),
                new Pivot.Decision(
                    row.getColumn("accepted", Integer.class) == 1,
                    row.getColumn("author", String.class),
                    Instant.ofEpochMilli(row.getColumn("at", Long.class)),
                    row.getColumn("reason", String.class))))
        .forEach(each -> decisions.put(each.getKey(), each.getValue()));
    return handle
        .createQuery(
            "SELECT number, edge, proposed, document FROM scope_pivot"
                + " WHERE incident = :incident ORDER BY number LIMIT "
                + MAX_LISTED)
        .bind("incident", incident)
        .map((RowView row) -> {
          long number = row.getColumn("number", Long.class);
          Pivot pivot = JSON.readValue(row.getColumn("document", String.class), Pivot.class);
          return new Row(
              number,
              row.getColumn("edge", String.class),
              row.getColumn("proposed", Integer.class) == 1,
              pivot.decided("P" + number, Optional.ofNullable(decisions.get(number))));
        })
        .list();
  }
}
