package dev.portcullis.app;

import dev.portcullis.config.NotificationSettings;
import dev.portcullis.config.PlaybookSettings.Step;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.learn.ReviewDesk;
import dev.portcullis.notify.Notice;
import dev.portcullis.notify.NoticeDesk;
import dev.portcullis.obligation.Clock;
import dev.portcullis.obligation.ObligationDesk;
import dev.portcullis.recover.RecoveryDesk;
import dev.portcullis.recover.RecoveryException;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.StepAction.StepFailedException;
import dev.portcullis.respond.StepActions;
import dev.portcullis.scope.Scope;
import dev.portcullis.scope.ScopeDesk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the steps of a playbook do, by the features that do it. */
final class Steps {
  private final ScopeDesk scopes;
  private final ObligationDesk obligations;
  private final NoticeDesk notices;
  private final NotificationSettings.Sending sending;
  private final RecoveryDesk recovery;
  private final ReviewDesk reviews;

  Steps(
      ScopeDesk scopes,
      ObligationDesk obligations,
      NoticeDesk notices,
      NotificationSettings.Sending sending,
      RecoveryDesk recovery,
      ReviewDesk reviews) {
    this.scopes = scopes;
    this.obligations = obligations;
    this.notices = notices;
    this.sending = sending;
    this.recovery = recovery;
    this.reviews = reviews;
  }

  StepActions actions() {
    return new StepActions(
        (incident, step) -> scope(incident),
        (incident, step) -> clocks(incident),
        (incident, step) -> notices(incident),
        this::restore,
        (incident, step) -> postMortem(incident));
  }

  private String scope(Incident incident) {
    Scope scope = scopes.determine(incident);
    return "Scope: %d people, data classes %s, %d answers, %d writes%s"
        .formatted(
            scope.subjects().size(),
            scope.dataClasses().keySet(),
            scope.exchanges(),
            scope.writes().size(),
            scope.unknown().isEmpty() ? "; exact" : "; not known: " + scope.unknown());
  }

  private String clocks(Incident incident) {
    List<Clock> clocks = obligations.start(incident, known(incident));
    return "Clocks: "
        + clocks.stream()
            .filter(clock -> clock.state() != Clock.State.NOT_APPLICABLE)
            .map(clock ->
                clock.rule() + clock.due().map(due -> " due " + due).orElse(" without delay"))
            .collect(Collectors.joining(", "));
  }

  private String notices(Incident incident) {
    var drafted = notices.draft(incident, known(incident), obligations.clocks(incident.id()));
    if (sending == NotificationSettings.Sending.AUTOMATIC) {
      drafted.stream()
          .filter(notice -> notice.state() == Notice.State.DRAFT && !notice.email().isEmpty())
          .forEach(notice -> notices.approve(notice.id(), TimelineEntry.MACHINE));
      notices.dispatch();
    }
    var now = notices.list(incident.id());
    long sent = now.stream().filter(notice -> notice.state() == Notice.State.SENT).count();
    return "Notices: " + now.size() + " drafted, " + sent + " sent";
  }

  private String restore(Incident incident, Step.Restore step) throws StepFailedException {
    Scope scope = known(incident);
    if (scope.writes().isEmpty()) {
      return "Nothing was altered: " + step.asset() + " needs no restore";
    }
    Optional<RestoreReport> before =
        recovery.reports(incident.id()).stream()
            .filter(report ->
                report.asset().equals(step.asset())
                    && report.live() == step.live()
                    && report.verified()
                    // a restore older than a write has not undone it
                    && scope.writes().stream()
                        .noneMatch(write -> write.at().isAfter(report.startedAt())))
            .findFirst();
    try {
      var report =
          before.orElseGet(() ->
              recovery.restore(
                  new RecoveryDesk.Request(
                      step.asset(),
                      scope.firstHostile().orElse(incident.detectedAt()),
                      Optional.of(incident.id()),
                      Optional.empty(),
                      step.live())));
      return "%s brought back to %s: RPO %.1f s, RTO %.1f s, %s"
          .formatted(
              report.asset(),
              report.point().at(),
              report.recoveryPoint().toMillis() / 1_000.0,
              report.recoveryTime().toMillis() / 1_000.0,
              report.verified() ? "verified by content" : "NOT verified");
    } catch (RecoveryException e) {
      throw new StepFailedException(String.valueOf(e.getMessage()));
    }
  }

  private String postMortem(Incident incident) {
    reviews.draft(incident.id());
    return "Post-mortem drafted";
  }

  private Scope known(Incident incident) {
    return scopes.last(incident.id()).orElseGet(() -> scopes.determine(incident));
  }
}
