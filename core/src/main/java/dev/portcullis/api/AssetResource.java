package dev.portcullis.api;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.recover.RecoveryDesk;
import dev.portcullis.recover.RecoveryPoint;
import dev.portcullis.recover.RestoreReport;
import dev.portcullis.recover.engine.Progress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assets, their recovery points and restores. */
final class AssetResource {
  private final Facades facades;

  AssetResource(Facades facades) {
    this.facades = facades;
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint("GET", "/api/v1/assets", "all, with recovery points", (r, p) -> list()),
        new Endpoint("POST", "/api/v1/assets/{name}/backup", "takes a backup", this::backup),
        new Endpoint(
            "GET", "/api/v1/assets/{name}/progress", "of a backup or restore", this::progress),
        new Endpoint(
            "POST", "/api/v1/assets/{name}/cancel", "stops a backup or restore", this::cancel),
        new Endpoint(
            "GET",
            "/api/v1/backups",
            "how they are doing, destination by destination",
            (r, p) -> facades.recovery().backups()),
        new Endpoint("POST", "/api/v1/assets/{name}/restore", "brings it back", this::restore),
        new Endpoint(
            "GET",
            "/api/v1/restores",
            "all, newest first",
            (r, p) -> facades.recovery().reports()));
  }

  record AssetDocument(AssetSettings asset, List<RecoveryPoint> recoveryPoints) {}

  private List<AssetDocument> list() {
    return facades.configuration().assets().stream()
        .map(asset -> new AssetDocument(asset, facades.recovery().points(asset.name())))
        .toList();
  }

  private RecoveryPoint backup(ApiRequest request, Map<String, String> parameters) {
    return facades.recovery().backup(known(parameters));
  }

  record Running(boolean running, Optional<Progress> progress) {}

  private Running progress(ApiRequest request, Map<String, String> parameters) {
    Optional<Progress> progress = facades.recovery().progress(known(parameters));
    return new Running(progress.isPresent(), progress);
  }

  record Cancelled(boolean cancelled) {}

  private Cancelled cancel(ApiRequest request, Map<String, String> parameters) {
    return new Cancelled(facades.recovery().cancel(known(parameters)));
  }

  private RestoreReport restore(ApiRequest request, Map<String, String> parameters) {
    String asset = known(parameters);
    String incident = request.text("incident", "");
    String into = request.text("into", "");
    boolean live = request.flag("live");
    if (live && !request.text("confirm", "").equals(asset)) {
      throw new ApiException(
          400,
          "Restoring over the live asset needs its name typed as confirmation: --confirm " + asset);
    }
    return facades
        .recovery()
        .restore(
            new RecoveryDesk.Request(
                asset,
                before(request, incident),
                incident.isEmpty() ? Optional.empty() : Optional.of(incident),
                into.isEmpty() ? Optional.empty() : Optional.of(Path.of(into)),
                live));
  }

  private Instant before(ApiRequest request, String incident) {
    String moment = request.text("before", "");
    if (!moment.isEmpty()) {
      try {
        return Instant.parse(moment);
      } catch (DateTimeParseException e) {
        throw new ApiException(
            400,
            "\"" + moment + "\" is not a moment (expected ISO 8601, such as 2026-11-24T10:15:00Z)");
      }
    }
    if (incident.isEmpty()) {
      return facades.clock().instant();
    }
    return facades
        .scopes()
        .last(incident)
        .flatMap(scope -> scope.firstHostile())
        .orElseThrow(() ->
            new ApiException(
                409,
                "The scope of "
                    + incident
                    + " is not determined yet: run portcullis scope "
                    + incident
                    + " first"));
  }

  private String known(Map<String, String> parameters) {
    String name = parameters.getOrDefault("name", "");
    return facades
        .configuration()
        .asset(name)
        .map(AssetSettings::name)
        .orElseThrow(() ->
            new ApiException(
                404,
                "There is no asset "
                    + name
                    + " (configured: "
                    + facades.configuration().assets().stream().map(AssetSettings::name).toList()
                    + ")"));
  }
}
