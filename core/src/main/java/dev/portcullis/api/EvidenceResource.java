package dev.portcullis.api;

import dev.portcullis.evidence.EvidenceExport;
import dev.portcullis.evidence.EvidenceRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Evidence archives: make one, the register of custody. */
final class EvidenceResource {
  private final Facades facades;

  EvidenceResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    String evidence = "/api/v1/incidents/{id}/evidence";
    return List.of(
        new Endpoint(
            "GET", evidence, "its register of custody", (r, p) -> facades.evidence().list(id(p))),
        new Endpoint("POST", evidence, "writes an evidence archive", this::export),
        new Endpoint("GET", evidence + "/progress", "how far the export is", (r, p) -> progress()));
  }

  /** How far the export under way is. */
  record Progress(long read, long end, long exchanges) {}

  private Progress progress() {
    var progress = facades.evidence().progress();
    return new Progress(progress.read(), progress.end(), progress.exchanges());
  }

  private EvidenceExport export(ApiRequest request, Map<String, String> parameters) {
    String to = request.text("to", "");
    return facades
        .evidence()
        .export(
            new EvidenceRequest(
                id(parameters),
                request.text("reason"),
                request.text("by", request.caller()),
                request.caller(),
                to.isEmpty() ? Optional.empty() : Optional.of(Path.of(to)),
                request.flag("with_subjects")));
  }

  private static String id(Map<String, String> parameters) {
    return parameters.getOrDefault("id", "");
  }
}
