package dev.portcullis.api;

import dev.portcullis.evidence.EvidenceException;
import dev.portcullis.journal.PseudonymsUnavailableException;
import dev.portcullis.journal.JournalException;
import dev.portcullis.recover.RecoveryException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations that the command line, the console and other programs share. Blocking. */
public final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private final List<Endpoint> endpoints;

  /** Over those facades. */
  public Api(Facades facades) {
    var all = new ArrayList<Endpoint>();
    // what the answer to an unknown path points to
    all.add(new Endpoint("GET", "/api/v1", "what there is", (r, p) -> describe()));
    all.addAll(new StatusResource(facades).endpoints());
    all.addAll(new IncidentResource(facades).endpoints());
    all.addAll(new EvidenceResource(facades).endpoints());
    all.addAll(new HoldResource(facades).endpoints());
    all.addAll(new SubjectResource(facades).endpoints());
    all.addAll(new ScopeResource(facades).endpoints());
    all.addAll(new OrderResource(facades).endpoints());
    all.addAll(new CredentialResource(facades).endpoints());
    all.addAll(new NoticeResource(facades).endpoints());
    all.addAll(new AssetResource(facades).endpoints());
    all.addAll(new DataResource(facades).endpoints());
    all.addAll(new JournalResource(facades).endpoints());
    endpoints = List.copyOf(all);
  }

  /** Answers; never throws. */
  public ApiResponse handle(ApiRequest request) {
    try {
      boolean known = false;
      for (Endpoint endpoint : endpoints) {
        var parameters = endpoint.match(request.path());
        if (parameters.isPresent()) {
          known = true;
          if (endpoint.method().equals(request.method())) {
            Object document = endpoint.handler().handle(request, parameters.get());
            return new ApiResponse(200, Json.tree(document));
          }
        }
      }
      return known
          ? problem(405, "This resource has no " + request.method())
          : problem(404, "There is no " + request.path() + ": GET /api/v1 lists what there is");
    } catch (ApiException e) {
      return problem(e.status(), e.getMessage());
    } catch (IllegalArgumentException
        | RecoveryException
        | EvidenceException
        | JournalException e) {
      return problem(409, e.getMessage());
    } catch (PseudonymsUnavailableException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      return problem(503, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      return problem(500, "It failed here; the node's log tells why");
    }
  }

  private List<String> describe() {
    return endpoints.stream()
        .map(endpoint ->
            "%s %s: %s".formatted(endpoint.method(), endpoint.template(), endpoint.summary()))
        .toList();
  }

  private static ApiResponse problem(int status, @Nullable String detail) {
    return ApiResponse.problem(status, detail == null ? "" : detail);
  }
}
