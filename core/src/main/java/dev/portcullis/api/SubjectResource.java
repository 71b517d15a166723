package dev.portcullis.api;

import dev.portcullis.journal.vault.Erasure;
import dev.portcullis.scope.SubjectDesk;
import dev.portcullis.scope.SubjectRecord;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Data subjects' rights. A subject is named in a body, never in an address, which logs keep. */
final class SubjectResource {
  private static final Logger LOG = LoggerFactory.getLogger(SubjectResource.class);
  private final Facades facades;

  SubjectResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint("POST", "/api/v1/subjects/find", "what is recorded of one", (r, p) -> find(r)),
        new Endpoint("POST", "/api/v1/subjects/erase", "makes it nobody's", (r, p) -> erase(r)),
        new Endpoint(
            "GET",
            "/api/v1/erasures",
            "the register, newest first",
            (r, p) -> facades.subjects().erasures()));
  }

  private SubjectRecord find(ApiRequest request) {
    SubjectRecord found = facades.subjects().find(request.text("subject"));
    // who looked a person up can be told, by those who may see the log, without telling whom
    found
        .pseudonym()
        .ifPresent(pseudonym ->
            LOG.info("{} looked up what is recorded of {}", request.caller(), pseudonym));
    return found;
  }

  private Erasure erase(ApiRequest request) {
    String reference = request.text("request", "");
    Erasure erasure =
        facades
            .subjects()
            .erase(
                request.text("subject"),
                new SubjectDesk.Request(
                    request.caller(),
                    request.text("reason"),
                    reference.isEmpty() ? Optional.empty() : Optional.of(reference),
                    request.flag("despite_hold")));
    LOG.info("{} erased the person behind {}", request.caller(), erasure.pseudonym());
    return erasure;
  }
}
