package dev.portcullis.recover;

import dev.portcullis.recover.AssetKind.Brought;
import dev.portcullis.recover.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One restore out of the engine's repositories: the newest recovery point before the moment, from
 * the first destination where it is sound, into a room of its own, proven there; then it gets its
 * name, and if so asked goes over the live asset. Runs while the asset's lock is held.
 */
final class EngineRestoration {
  private record Candidate(KeptPoint point, Place place) {}

  private record Chosen(Candidate candidate, Brought brought, Trial trial) {}

  private final EngineAsset asset;
  private final RestoreOrder order;
  private final Task task;
  private final List<String> checks = new ArrayList<>();

  EngineRestoration(EngineAsset asset, RestoreOrder order, Task task) {
    this.asset = asset;
    this.order = order;
    this.task = task;
  }

  RestoreReport run() {
    try {
      Path target = target();
      Path room = target.resolveSibling("." + target.getFileName() + ".part");
      try {
        Chosen chosen = choose(room);
        Trees.move(chosen.brought().result(), target);
        var brought = new Brought(target, chosen.brought().reached());
        Optional<Path> safety =
            order.request().live() ? overLive(brought, chosen.trial()) : Optional.empty();
        return report(chosen, target, safety);
      } finally {
        Trees.delete(room);
      }
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot restore " + asset.name() + ": " + StateFiles.reason(e), e);
    }
  }

  private Chosen choose(Path room) throws IOException {
    List<Candidate> candidates = candidates();
    for (Candidate candidate : candidates) {
      if (!candidate.point().complete().isBefore(order.request().before())) {
        continue;
      }
      task.requireGoingOn();
      Trees.fresh(room);
      var trial =
          new Trial(
              candidate.point(), candidate.place(), room, order.request().before(), order, task);
      String name = candidate.point().id() + " at " + candidate.place().name();
      try {
        task.phase("restore of " + name);
        candidate.place().fetch(candidate.point(), StateFiles.directory(trial.raw()), task);
        task.phase("proof of " + name);
        Brought brought = asset.kind().prove(trial);
        checks.add("Recovery point " + name + ": each byte is as it was kept");
        checks.addAll(trial.checks());
        return new Chosen(candidate, brought, trial);
      } catch (BrokenPointException e) {
        checks.add("Passed over recovery point " + name + ": " + e.getMessage());
      } catch (EngineException e) {
        if (e.reason() == EngineException.Reason.CANCELLED) {
          throw new RecoveryException("The restore of " + asset.name() + " was cancelled", e);
        }
        checks.add("Passed over recovery point " + name + ": " + e.getMessage());
      }
    }
    throw none(candidates);
  }

  /** Newest first; of one moment, in the order of the configured destinations. */
  private List<Candidate> candidates() {
    var candidates = new ArrayList<Candidate>();
    for (Place place : asset.places()) {
      try {
        place.changed(asset.name());
        place.points(asset.name()).forEach(point -> candidates.add(new Candidate(point, place)));
      } catch (EngineException e) {
        checks.add("Passed over destination " + place.name() + ": " + e.getMessage());
      }
    }
    candidates.sort(Comparator.comparing((Candidate c) -> c.point().at()).reversed());
    return candidates;
  }

  private Optional<Path> overLive(Brought brought, Trial trial) throws IOException {
    int before = trial.checks().size();
    Path safety =
        StateFiles.directory(asset.state().resolve("safety"))
            .resolve(asset.name() + "-" + order.id());
    Optional<Path> kept = asset.kind().overLive(brought, safety, trial);
    checks.addAll(trial.checks().subList(before, trial.checks().size()));
    kept.ifPresentOrElse(
        copy -> checks.add("The live asset as it was is kept at " + copy),
        () -> checks.add("There was no live asset to keep at " + asset.kind().live()));
    Sandboxes.prune(safety, asset.name(), Restoration.SAFETY_COPIES);
    return kept;
  }

  private RestoreReport report(Chosen chosen, Path target, Optional<Path> safety) {
    var elapsed = Duration.ofNanos(System.nanoTime() - order.startNanos());
    KeptPoint point = chosen.candidate().point();
    Instant reached = chosen.brought().reached().orElse(point.at());
    Duration lost = Duration.between(reached, order.request().before());
    Objectives.check("recovery time (RTO)", elapsed, asset.settings().recoveryTime(), checks);
    Objectives.check("recovery point (RPO)", lost, asset.settings().recoveryPoint(), checks);
    boolean live = order.request().live();
    return new RestoreReport(
        order.id(),
        asset.name(),
        order.request().incident(),
        new RecoveryPoint(
            point.id(),
            asset.name(),
            reached,
            chosen.candidate().place().name(),
            point.bytes(),
            point.content()),
        order.request().before(),
        order.startedAt(),
        live ? asset.kind().live() : target.toString(),
        live,
        lost,
        elapsed,
        true,
        List.copyOf(checks),
        safety.map(Path::toString));
  }

  private Path target() throws IOException {
    Path into = order.request().into().orElse(null);
    if (into == null) {
      Path directory = asset.kind().sandboxes(asset.state().resolve("sandbox"));
      Path sandbox = directory.resolve(asset.name() + "-" + order.id());
      Sandboxes.prune(sandbox, asset.name(), Restoration.SANDBOXES - 1);
      return sandbox;
    }
    if (Files.exists(into)) {
      throw new RecoveryException(
          into + " exists already: name a file or directory that does not, or move that one away");
    }
    return into.toAbsolutePath();
  }

  private RecoveryException none(List<Candidate> candidates) {
    String rejected = checks.isEmpty() ? "" : ". " + String.join(". ", checks);
    String others =
        candidates.isEmpty()
            ? "there is none at " + asset.places().stream().map(Place::name).toList()
            : "of " + candidates.size() + " the oldest is of " + candidates.getLast().point().at();
    return new RecoveryException(
        "No sound recovery point of "
            + asset.name()
            + " from before "
            + order.request().before()
            + ": "
            + others
            + rejected
            + ". Bring an older one to a destination, or choose a later moment");
  }
}
