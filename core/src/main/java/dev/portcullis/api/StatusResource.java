package dev.portcullis.api;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.incident.Incident;
import dev.portcullis.obligation.Clock;
import dev.portcullis.recover.AssetBackups;
import dev.portcullis.recover.RecoveryException;
import dev.portcullis.recover.RecoveryPoint;
import dev.portcullis.respond.Order;
import dev.portcullis.telemetry.Traffic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is happening now. */
final class StatusResource {
  private final Facades facades;

  StatusResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint("GET", "/api/v1/status", "what is happening now", (r, p) -> status()),
        new Endpoint(
            "GET", "/api/v1/clocks", "running clocks", (r, p) -> facades.obligations().running()));
  }

  /**
   * @param exchanges recorded in the journal
   * @param recording false while the journal can't record
   */
  record Status(
      String node,
      long exchanges,
      boolean recording,
      String journalFailure,
      long lost,
      Traffic.Totals traffic,
      List<Incident> openIncidents,
      List<Order> ordersInForce,
      List<Clock> clocks,
      List<AssetStatus> assets) {}

  record AssetStatus(
      String name,
      int recoveryPoints,
      Optional<RecoveryPoint> last,
      String problem,
      List<String> findings) {}

  private Status status() {
    var health = facades.journal().health();
    var now = facades.clock().instant();
    Map<String, List<String>> findings = findings();
    return new Status(
        facades.configuration().node().name(),
        facades.journal().end(),
        health.failure().isEmpty(),
        health.failure().orElse(""),
        health.lost(),
        facades.traffic().totals(),
        facades.incidents().list().stream().filter(incident -> !incident.state().isOver()).toList(),
        facades.containment().inForce(now),
        facades.obligations().running(),
        facades.configuration().assets().stream()
            .map(AssetSettings::name)
            .map(name -> asset(name, findings))
            .toList());
  }

  private AssetStatus asset(String name, Map<String, List<String>> findings) {
    try {
      var points = facades.recovery().points(name);
      return new AssetStatus(
          name,
          points.size(),
          points.stream().findFirst(),
          "",
          findings.getOrDefault(name, List.of()));
    } catch (RecoveryException e) {
      // a destination that can't be read must not hide everything else
      return new AssetStatus(
          name,
          0,
          Optional.empty(),
          String.valueOf(e.getMessage()),
          findings.getOrDefault(name, List.of()));
    }
  }

  private Map<String, List<String>> findings() {
    try {
      return facades.recovery().backups().stream()
          .collect(Collectors.toMap(AssetBackups::asset, AssetBackups::findings));
    } catch (RecoveryException e) {
      return Map.of(); // each asset's problem says it
    }
  }
}
