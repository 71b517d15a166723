package dev.portcullis.api;

import dev.portcullis.recover.RecoveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations that the command line, the console and other programs share. Blocking. */
public final class Api {
  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private final List<Endpoint> endpoints;

  /** Over those facades. */
  public Api(Facades facades) {
    var all = new ArrayList<Endpoint>();
    all.addAll(new StatusResource(facades).endpoints());
    all.addAll(new IncidentResource(facades).endpoints());
    all.addAll(new OrderResource(facades).endpoints());
    all.addAll(new CredentialResource(facades).endpoints());
    all.addAll(new NoticeResource(facades).endpoints());
    all.addAll(new AssetResource(facades).endpoints());
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
    } catch (IllegalArgumentException | IllegalStateException | RecoveryException e) {
      return problem(409, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      return problem(500, "It failed here; the node's log tells why");
    }
  }

  /** What there is, one line each. */
  public Stream<String> describe() {
    return endpoints.stream()
        .map(endpoint ->
            "%-5s %s  %s".formatted(endpoint.method(), endpoint.template(), endpoint.summary()));
  }

  private static ApiResponse problem(int status, @org.jspecify.annotations.Nullable String detail) {
    return new ApiResponse(
        status,
        Json.tree(
            Map.of(
                "type", "about:blank", "status", status, "detail", detail == null ? "" : detail)));
  }
}
