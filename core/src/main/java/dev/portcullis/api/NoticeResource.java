package dev.portcullis.api;

import dev.portcullis.notify.Notice;
import java.util.List;
import java.util.Map;

/** Notices: read, approve. */
final class NoticeResource {
  private final Facades facades;

  NoticeResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint("GET", "/api/v1/notices/{id}", "one, whole", (r, p) -> find(p)),
        new Endpoint("POST", "/api/v1/notices/{id}/approve", "lets it go", this::approve));
  }

  private Notice find(Map<String, String> parameters) {
    String id = parameters.getOrDefault("id", "");
    return facades
        .notices()
        .find(id)
        .orElseThrow(() -> new ApiException(404, "There is no notice " + id));
  }

  private Notice approve(ApiRequest request, Map<String, String> parameters) {
    Notice notice = find(parameters);
    try {
      facades.notices().approve(notice.id(), request.caller());
    } catch (IllegalStateException e) {
      throw new ApiException(409, String.valueOf(e.getMessage()));
    }
    facades.notices().dispatch();
    return find(parameters);
  }
}
