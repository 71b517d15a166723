package dev.portcullis.notify;

import dev.portcullis.notify.Notice.Dispatch;
import dev.portcullis.notify.Notice.State;
import dev.portcullis.store.Store;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of notices and their outbox. Each method is one transaction. */
final class NoticeStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Store store;

  NoticeStore(Store store) {
    this.store = store;
  }

  /** What became of a draft. */
  enum Change {
    CREATED,
    REVISED,
    UNCHANGED
  }

  /** Its number and what changed. */
  record Drafted(int number, Change change) {}

  /**
   * Keeps a draft: new, or as a new revision while it is a draft still.
   *
   * @param formerly the recipient it was addressed to while no stakeholder was known
   */
  Drafted draft(NoticeRow row, String formerly, Instant now) {
    return store
        .jdbi()
        .inTransaction(handle -> {
          Optional<NoticeRow> known = find(handle, row, row.recipient());
          if (known.isEmpty()) {
            known =
                find(handle, row, formerly)
                    .filter(each -> each.state() == State.DRAFT && each.email().isEmpty());
          }
          if (known.isEmpty()) {
            return new Drafted(insert(handle, row), Change.CREATED);
          }
          NoticeRow old = known.get();
          boolean same =
              old.body().equals(row.body())
                  && old.subject().equals(row.subject())
                  && old.recipient().equals(row.recipient())
                  && old.email().equals(row.email());
          if (same || old.state() != State.DRAFT) {
            return new Drafted(old.number(), Change.UNCHANGED);
          }
          revise(handle, old, row, now);
          return new Drafted(old.number(), Change.REVISED);
        });
  }

  private static Optional<NoticeRow> find(Handle handle, NoticeRow row, String recipient) {
    return handle
        .createQuery(
            "SELECT * FROM notice"
                + " WHERE incident = :incident AND rule = :rule AND recipient = :recipient")
        .bind("incident", row.incident())
        .bind("rule", row.rule())
        .bind("recipient", recipient)
        .map(NoticeStore::row)
        .findOne();
  }

  private static int insert(Handle handle, NoticeRow row) {
    int number =
        handle
            .createQuery("SELECT COALESCE(MAX(number), 0) + 1 FROM notice")
            .mapTo(Integer.class)
            .one();
    handle
        .createUpdate(
            "INSERT INTO notice (number, incident, rule, recipient, email, subject, body, missing,"
                + " revision, state, attempts, reported) VALUES (:number, :incident, :rule,"
                + " :recipient, :email, :subject, :body, :missing, 1, 'DRAFT', 0, 0)")
        .bind("number", number)
        .bind("incident", row.incident())
        .bind("rule", row.rule())
        .bind("recipient", row.recipient())
        .bind("email", row.email())
        .bind("subject", row.subject())
        .bind("body", row.body())
        .bind("missing", JSON.writeValueAsString(row.missing()))
        .execute();
    return number;
  }

  private static void revise(Handle handle, NoticeRow old, NoticeRow row, Instant now) {
    handle
        .createUpdate(
            "INSERT INTO notice_revision (number, revision, subject, body, replaced_at)"
                + " VALUES (:number, :revision, :subject, :body, :now)")
        .bind("number", old.number())
        .bind("revision", old.revision())
        .bind("subject", old.subject())
        .bind("body", old.body())
        .bind("now", now.toEpochMilli())
        .execute();
    handle
        .createUpdate(
            "UPDATE notice SET recipient = :recipient, email = :email, subject = :subject,"
                + " body = :body, missing = :missing, revision = revision + 1"
                + " WHERE number = :number")
        .bind("number", old.number())
        .bind("recipient", row.recipient())
        .bind("email", row.email())
        .bind("subject", row.subject())
        .bind("body", row.body())
        .bind("missing", JSON.writeValueAsString(row.missing()))
        .execute();
  }

  Optional<NoticeRow> find(int number) {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT * FROM notice WHERE number = :number")
                .bind("number", number)
                .map(NoticeStore::row)
                .findOne());
  }

  List<NoticeRow> list(String incident) {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("SELECT * FROM notice WHERE incident = :incident ORDER BY number")
                .bind("incident", incident)
                .map(NoticeStore::row)
                .list());
  }

  /**
   * Into the outbox; a message id that it has stays.
   *
   * @return false when it was there, or sent, already
   */
  boolean approve(int number, String email, String approver, String messageId, Instant now) {
    return store
            .jdbi()
            .withHandle(handle ->
                handle
                    .createUpdate(
                        "UPDATE notice SET state = 'APPROVED', email = :email,"
                            + " approved_by = :approver, approved_at = :now,"
                            + " message_id = COALESCE(message_id, :message), attempts = 0,"
                            + " next_attempt_at = :now, last_error = NULL"
                            + " WHERE number = :number AND state IN ('DRAFT', 'FAILED')")
                    .bind("number", number)
                    .bind("email", email)
                    .bind("approver", approver)
                    .bind("message", messageId)
                    .bind("now", now.toEpochMilli())
                    .execute())
        == 1;
  }

  /** What is due in the outbox, the longest waiting first. */
  List<Integer> due(Instant now, int limit) {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT number FROM notice WHERE state = 'APPROVED'"
                        + " AND next_attempt_at <= :now ORDER BY next_attempt_at, number"
                        + " LIMIT :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .mapTo(Integer.class)
                .list());
  }

  /**
   * Takes one for a try, so that nobody else tries until then.
   *
   * @return empty when another was faster
   */
  Optional<NoticeRow> claim(int number, Instant now, Instant until) {
    int claimed =
        store
            .jdbi()
            .withHandle(handle ->
                handle
                    .createUpdate(
                        "UPDATE notice SET attempts = attempts + 1, next_attempt_at = :until"
                            + " WHERE number = :number AND state = 'APPROVED'"
                            + " AND next_attempt_at <= :now")
                    .bind("number", number)
                    .bind("now", now.toEpochMilli())
                    .bind("until", until.toEpochMilli())
                    .execute());
    return claimed == 1 ? find(number) : Optional.empty();
  }

  void sent(int number, Dispatch dispatch) {
    store
        .jdbi()
        .useHandle(handle ->
            handle
                .createUpdate(
                    "UPDATE notice SET state = 'SENT', sent_at = :at, reply = :reply,"
                        + " sha256 = :sha256, next_attempt_at = NULL, last_error = NULL"
                        + " WHERE number = :number")
                .bind("number", number)
                .bind("at", dispatch.at().toEpochMilli())
                .bind("reply", dispatch.reply())
                .bind("sha256", dispatch.sha256())
                .execute());
  }

  /** A try failed: once more at that moment, or, when empty, not before a person approves anew. */
  void failed(int number, Optional<Instant> next, String reason) {
    store
        .jdbi()
        .useHandle(handle ->
            handle
                .createUpdate(
                    "UPDATE notice SET state = :state, next_attempt_at = :next,"
                        + " last_error = :reason WHERE number = :number")
                .bind("number", number)
                .bind("state", next.isPresent() ? "APPROVED" : "FAILED")
                .bind("next", next.map(Instant::toEpochMilli).orElse(null))
                .bind("reason", reason)
                .execute());
  }

  /** Sent, but obligation and timeline were not told yet. */
  List<NoticeRow> unreported(int limit) {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT * FROM notice WHERE state = 'SENT' AND reported = 0"
                        + " ORDER BY number LIMIT :limit")
                .bind("limit", limit)
                .map(NoticeStore::row)
                .list());
  }

  void reported(int number) {
    store
        .jdbi()
        .useHandle(handle ->
            handle
                .createUpdate("UPDATE notice SET reported = 1 WHERE number = :number")
                .bind("number", number)
                .execute());
  }

  private static NoticeRow row(RowView row) {
    String messageId = row.getColumn("message_id", String.class);
    Optional<Dispatch> sent =
        time(row, "sent_at")
            .map(at ->
                new Dispatch(
                    at,
                    text(messageId),
                    text(row.getColumn("reply", String.class)),
                    text(row.getColumn("sha256", String.class))));
    return new NoticeRow(
        row.getColumn("number", Integer.class),
        row.getColumn("incident", String.class),
        row.getColumn("rule", String.class),
        row.getColumn("recipient", String.class),
        row.getColumn("email", String.class),
        row.getColumn("subject", String.class),
        row.getColumn("body", String.class),
        Arrays.asList(JSON.readValue(row.getColumn("missing", String.class), String[].class)),
        row.getColumn("revision", Integer.class),
        State.valueOf(row.getColumn("state", String.class)),
        Optional.ofNullable(row.getColumn("approved_by", String.class)),
        time(row, "approved_at"),
        Optional.ofNullable(messageId),
        row.getColumn("attempts", Integer.class),
        sent,
        row.getColumn("reported", Integer.class) == 1);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static Optional<Instant> time(RowView row, String column) {
    return Optional.ofNullable(row.getColumn(column, Long.class)).map(Instant::ofEpochMilli);
  }
}
