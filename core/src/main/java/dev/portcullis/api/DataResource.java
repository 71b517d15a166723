package dev.portcullis.api;

import dev.portcullis.gate.propose.RouteProposal;
import java.util.List;

/** What routes may carry that nobody configured. */
final class DataResource {
  private final Facades facades;

  DataResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            "GET",
            "/api/v1/data/proposals",
            "what samples of unconfigured routes' responses were found to carry",
            (r, p) -> proposals()));
  }

  /**
   * @param unconfigured names of the routes whose responses are not read for data subjects
   */
  record Proposals(List<String> unconfigured, List<RouteProposal> proposals) {}

  private Proposals proposals() {
    return new Proposals(
        facades.configuration().routes().stream()
            .filter(route -> route.data().isEmpty())
            .map(route -> route.name())
            .toList(),
        facades.samples().proposals());
  }
}
