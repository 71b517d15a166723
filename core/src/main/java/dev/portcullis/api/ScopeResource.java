package dev.portcullis.api;

import dev.portcullis.incident.Incident;
import dev.portcullis.journal.Revealed;
import dev.portcullis.scope.Question;
import dev.portcullis.scope.Scope;
import dev.portcullis.scope.Scopes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What an incident, or a list of names, reached. */
final class ScopeResource {
  private static final Logger LOG = LoggerFactory.getLogger(ScopeResource.class);
  private final Facades facades;

  ScopeResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "GET", "/api/v1/incidents/{id}/scope", "whom and what it reached", this::scope),
        new Endpoint(
            "GET",
            "/api/v1/incidents/{id}/scope/pivots",
            "what is tied to it",
            (r, p) -> facades.pivots().pivots(incident(p).id())),
        new Endpoint(
            "POST",
            "/api/v1/incidents/{id}/scope/pivots/{pivot}/accept",
            "it belongs to the breach",
            (r, p) -> decide(r, p, true)),
        new Endpoint(
            "POST",
            "/api/v1/incidents/{id}/scope/pivots/{pivot}/reject",
            "it does not",
            (r, p) -> decide(r, p, false)),
        new Endpoint("POST", "/api/v1/scope", "whom and what some names reached", this::ask));
  }

  /**
   * A scope for its reader.
   *
   * @param subjectCount distinct data subjects
   * @param subjects in clear where that was asked for, else as pseudonyms; an erased one says so
   * @param erased how many of them were erased meanwhile; counted where they are shown in clear
   * @param closed whether no pivot is left to be decided on
   * @param undecided pivots that are
   * @param since exchanges that were recorded since it was determined
   */
  record ScopeDocument(
      Scope scope,
      int subjectCount,
      List<String> subjects,
      int erased,
      boolean revealed,
      boolean closed,
      long undecided,
      long since) {}

  private Incident incident(Map<String, String> parameters) {
    String id = parameters.getOrDefault("id", "");
    return facades
        .incidents()
        .find(id)
        .orElseThrow(() ->
            new ApiException(
                404, "There is no incident " + id + ": portcullis incident list shows all"));
  }

  private ScopeDocument scope(ApiRequest request, Map<String, String> parameters) {
    Incident incident = incident(parameters);
    Scope scope =
        incident.state().isOver()
            ? facades
                .scopes()
                .last(incident.id())
                .orElseGet(() -> facades.scopes().determine(incident))
            : facades.scopes().determine(incident);
    if (!"true".equals(request.query().get("reveal"))) {
      return pseudonymous(scope, facades);
    }
    mayReveal(request);
    facades
        .incidents()
        .record(
            incident.id(),
            facades.clock().instant(),
            request.caller(),
            "access",
            "Looked at the list of data subjects in clear");
    return revealed(scope);
  }

  private ScopeDocument decide(
      ApiRequest request, Map<String, String> parameters, boolean accepted) {
    Scope scope =
        facades
            .pivots()
            .decide(
                incident(parameters),
                parameters.getOrDefault("pivot", ""),
                accepted,
                request.caller(),
                request.text("reason"));
    return pseudonymous(scope, facades);
  }

  private ScopeDocument ask(ApiRequest request, Map<String, String> parameters) {
    Scope scope =
        facades
            .pivots()
            .ask(
                new Question(
                    names(request, "credentials"),
                    names(request, "accounts"),
                    names(request, "sources"),
                    names(request, "fingerprints"),
                    names(request, "sessions"),
                    moment(request, "from"),
                    moment(request, "until")));
    if (!request.flag("reveal")) {
      return pseudonymous(scope, facades);
    }
    mayReveal(request);
    // There is no timeline to write it into: the log is the record of who looked.
    LOG.warn(
        "{} looked at the {} data subjects of an ad hoc scope in clear",
        request.caller(),
        scope.subjects().size());
    return revealed(scope);
  }

  /**
   * The one place that decides who sees data subjects in clear. Everybody who has a way in (the
   * node's token, a console user) has the privacy role today.
   */
  private static void mayReveal(ApiRequest request) {
    if (request.caller().isBlank()) {
      throw new ApiException(403, "Data subjects in clear are for a named person only");
    }
  }

  private ScopeDocument revealed(Scope scope) {
    var pseudonyms = scope.subjects();
    List<Revealed> revealed = Scopes.reveal(scope, facades.pseudonyms());
    return document(
        scope,
        facades,
        IntStream.range(0, revealed.size())
            .mapToObj(i -> revealed.get(i).text(pseudonyms.get(i)))
            .sorted()
            .toList(),
        (int) revealed.stream().filter(Revealed.Erased.class::isInstance).count(),
        true);
  }

  /** With pseudonyms. */
  static ScopeDocument pseudonymous(Scope scope, Facades facades) {
    return document(
        scope,
        facades,
        scope.subjects().stream().map(Object::toString).sorted().toList(),
        0,
        false);
  }

  private static ScopeDocument document(
      Scope scope, Facades facades, List<String> subjects, int erased, boolean revealed) {
    return new ScopeDocument(
        scope,
        subjects.size(),
        subjects,
        erased,
        revealed,
        scope.isClosed(),
        scope.undecided(),
        Math.max(0, facades.journal().end() - scope.journalEnd()));
  }

  private static Set<String> names(ApiRequest request, String field) {
    var names = new HashSet<String>();
    for (JsonNode each : request.body().path(field)) {
      if (!each.isString() || each.stringValue().isBlank()) {
        throw new ApiException(400, "\"" + field + "\" is a list of texts");
      }
      names.add(each.stringValue());
    }
    return names;
  }

  private static Optional<Instant> moment(ApiRequest request, String field) {
    String text = request.text(field, "");
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      throw new ApiException(
          400,
          "\"%s\" is \"%s\" (expected: ISO 8601 in UTC, such as 2026-03-02T00:00:00Z)"
              .formatted(field, text));
    }
  }
}
