package dev.portcullis.api;

import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Hold;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.learn.PostMortem;
import dev.portcullis.notify.Notice;
import dev.portcullis.obligation.Clock;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.respond.Order;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Incidents and what hangs on them. */
final class IncidentResource {
  private final Facades facades;

  IncidentResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "GET", "/api/v1/incidents", "all, newest first", (r, p) -> facades.incidents().list()),
        new Endpoint("GET", "/api/v1/incidents/{id}", "one, whole", (r, p) -> show(p)),
        new Endpoint("POST", "/api/v1/incidents/{id}/close", "closes it", this::close),
        new Endpoint("POST", "/api/v1/incidents/{id}/notes", "adds to its timeline", this::note),
        new Endpoint(
            "GET", "/api/v1/incidents/{id}/post-mortem", "the draft", (r, p) -> postMortem(p)));
  }

  /** One incident, whole. */
  record IncidentDocument(
      Incident incident,
      List<Signal> signals,
      List<TimelineEntry> timeline,
      List<Hold> holds,
      Optional<ScopeResource.ScopeDocument> scope,
      List<Order> orders,
      List<Clock> clocks,
      List<Notice> notices,
      List<RestoreReport> restores,
      boolean postMortem) {}

  private Incident incident(Map<String, String> parameters) {
    String id = parameters.getOrDefault("id", "");
    return facades
        .incidents()
        .find(id)
        .orElseThrow(() ->
            new ApiException(
                404, "There is no incident " + id + ": portcullis incident list shows all"));
  }

  private IncidentDocument show(Map<String, String> parameters) {
    Incident incident = incident(parameters);
    String id = incident.id();
    return new IncidentDocument(
        incident,
        facades.incidents().signals(id),
        facades.incidents().timeline(id),
        facades.holds().of(id),
        facades.scopes().last(id).map(scope -> ScopeResource.pseudonymous(scope, facades)),
        facades.containment().of(id),
        facades.obligations().clocks(id),
        facades.notices().list(id),
        facades.recovery().reports(id),
        facades.reviews().last(id).isPresent());
  }

  private Incident close(ApiRequest request, Map<String, String> parameters) {
    return facades
        .incidents()
        .close(incident(parameters).id(), request.caller(), request.text("reason"));
  }

  private List<TimelineEntry> note(ApiRequest request, Map<String, String> parameters) {
    String id = incident(parameters).id();
    facades
        .incidents()
        .record(id, facades.clock().instant(), request.caller(), "note", request.text("text"));
    return facades.incidents().timeline(id);
  }

  private PostMortem postMortem(Map<String, String> parameters) {
    String id = incident(parameters).id();
    return facades.reviews().last(id).orElseGet(() -> facades.reviews().draft(id));
  }
}
