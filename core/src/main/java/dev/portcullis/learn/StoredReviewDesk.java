package dev.portcullis.learn;

import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.notify.NoticeDesk;
import dev.portcullis.obligation.ObligationDesk;
import dev.portcullis.recover.RecoveryDesk;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.Containment;
import dev.portcullis.respond.Order;
import dev.portcullis.scope.ScopeDesk;
import dev.portcullis.store.Store;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import org.jdbi.v3.core.result.RowView;

/** Assembles post-mortems from the facades of the other parts, and keeps each draft. */
public final class StoredReviewDesk implements ReviewDesk {
  private final Store store;
  private final IncidentDesk incidents;
  private final ScopeDesk scopes;
  private final Containment containment;
  private final ObligationDesk obligations;
  private final NoticeDesk notices;
  private final RecoveryDesk recovery;
  private final InstantSource clock;

  /** Over these parts; owns none of them. */
  public StoredReviewDesk(
      Store store,
      IncidentDesk incidents,
      ScopeDesk scopes,
      Containment containment,
      ObligationDesk obligations,
      NoticeDesk notices,
      RecoveryDesk recovery,
      InstantSource clock) {
    this.store = store;
    this.incidents = incidents;
    this.scopes = scopes;
    this.containment = containment;
    this.obligations = obligations;
    this.notices = notices;
    this.recovery = recovery;
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when there is no such incident
   */
  @Override
  public PostMortem draft(String incident) {
    Incident known =
        incidents
            .find(incident)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "incident: %s (expected: the id of an incident, such as INC-1)"
                        .formatted(incident)));
    String markdown = new PostMortemText(story(known)).compose();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    store
        .jdbi()
        .useTransaction(handle ->
            handle
                .createUpdate(
                    "INSERT INTO post_mortem (incident, revision, drafted_at, markdown)"
                        + " SELECT :incident, COALESCE(MAX(revision), 0) + 1, :now, :markdown"
                        + " FROM post_mortem WHERE incident = :incident")
                .bind("incident", incident)
                .bind("now", now.toEpochMilli())
                .bind("markdown", markdown)
                .execute());
    return new PostMortem(incident, now, markdown);
  }

  private Story story(Incident incident) {
    String id = incident.id();
    return new Story(
        incident,
        incidents.signals(id),
        incidents.timeline(id),
        scopes.last(id),
        containment.of(id).stream()
            .sorted(Comparator.comparing(Order::createdAt).thenComparing(Order::id))
            .toList(),
        obligations.clocks(id),
        notices.list(id),
        recovery.reports(id).stream()
            .sorted(Comparator.comparing(RestoreReport::startedAt).thenComparing(RestoreReport::id))
            .toList());
  }

  @Override
  public Optional<PostMortem> last(String incident) {
    return store
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "SELECT incident, drafted_at, markdown FROM post_mortem"
                        + " WHERE incident = :incident ORDER BY revision DESC LIMIT 1")
                .bind("incident", incident)
                .map(StoredReviewDesk::row)
                .findOne());
  }

  private static PostMortem row(RowView row) {
    return new PostMortem(
        row.getColumn("incident", String.class),
        Instant.ofEpochMilli(row.getColumn("drafted_at", Long.class)),
        row.getColumn("markdown", String.class));
  }
}
