package dev.portcullis.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One restore: choose the newest sound point before the breach, bring it into a sandbox, verify it
 * there, and if so asked put it in the live asset's place and verify again. Runs while the asset's
 * lock is held.
 */
final class Restoration {
  /** Restored sandboxes kept of each asset. */
  static final int SANDBOXES = 4;

  /** Safety copies kept of each asset. */
  static final int SAFETY_COPIES = 16;

  /** A point chosen and what of it lies in the sandbox. */
  private record Candidate(StoredPoint stored, Path copy) {}

  private final SnapshotAsset asset;
  private final Path state;
  private final String id;
  private final RecoveryDesk.Request request;
  private final Instant startedAt;
  private final long startNanos;
  private final List<String> checks = new ArrayList<>();

  Restoration(
      SnapshotAsset asset,
      Path state,
      String id,
      RecoveryDesk.Request request,
      Instant startedAt,
      long startNanos) {
    this.asset = asset;
    this.state = state;
    this.id = id;
    this.request = request;
    this.startedAt = startedAt;
    this.startNanos = startNanos;
  }

  RestoreReport run() {
    try {
      Candidate chosen = intoSandbox(sandbox());
      Optional<Path> safety = request.live() ? overLive(chosen) : Optional.empty();
      return report(chosen, safety);
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot restore " + asset.name() + ": " + StateFiles.reason(e), e);
    }
  }

  private RestoreReport report(Candidate chosen, Optional<Path> safety) {
    var elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    RecoveryPoint point = chosen.stored().point();
    var lost = Duration.between(point.at(), request.before());
    Objectives.check("recovery time (RTO)", elapsed, asset.settings().recoveryTime(), checks);
    Objectives.check("recovery point (RPO)", lost, asset.settings().recoveryPoint(), checks);
    Path target = request.live() ? asset.driver().live() : chosen.copy();
    return new RestoreReport(
        id,
        asset.name(),
        request.incident(),
        point,
        request.before(),
        startedAt,
        target.toString(),
        request.live(),
        lost,
        elapsed,
        true,
        List.copyOf(checks),
        safety.map(Path::toString));
  }

  private Candidate intoSandbox(Path target) throws IOException {
    BackupRepository.Listing listing = asset.repository().list(asset.name());
    listing.broken().forEach(this::passedOver);
    var part = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      for (StoredPoint stored : listing.points()) {
        if (!stored.manifest().complete().isBefore(request.before())) {
          continue;
        }
        try {
          asset.repository().fetch(stored, part);
          verify(stored, part);
          StateFiles.publish(part, target);
          return new Candidate(stored, target);
        } catch (BrokenPointException e) {
          passedOver(stored.point().id() + ": " + e.getMessage());
        }
      }
    } finally {
      Files.deleteIfExists(part);
      Files.deleteIfExists(part.resolveSibling(part.getFileName() + "-journal"));
    }
    throw none(listing);
  }

  private void verify(StoredPoint stored, Path copy) throws BrokenPointException {
    List<String> complaints = asset.driver().complaints(copy);
    if (!complaints.isEmpty()) {
      throw new BrokenPointException("its integrity check says " + complaints.getFirst());
    }
    Content found;
    try {
      found = asset.driver().content(copy);
    } catch (RecoveryException e) {
      throw new BrokenPointException("its content can't be read: " + e.getMessage(), e);
    }
    if (!found.equals(stored.expected())) {
      throw new BrokenPointException(
          "it holds " + found.describe() + " where " + stored.expected().describe() + " was kept");
    }
    checks.add("Integrity check of the restored copy: no complaint");
    checks.add(
        "Content of the restored copy equals recovery point "
            + stored.point().id()
            + ": "
            + found.describe());
  }

  /** Returns the safety copy, if there was anything to keep. */
  private Optional<Path> overLive(Candidate chosen) throws IOException {
    Path live = asset.driver().live();
    Path safety =
        StateFiles.directory(state.resolve("safety")).resolve(asset.name() + "-" + id + ".db");
    Optional<Path> kept = asset.driver().preserve(safety) ? Optional.of(safety) : Optional.empty();
    kept.ifPresentOrElse(
        copy -> checks.add("The live asset as it was is kept at " + copy),
        () -> checks.add("There was no live asset to keep at " + live));
    if (kept.isPresent()) {
      StateFiles.forceDirectory(safety);
    }
    Content expected = chosen.stored().expected();
    Content found = asset.driver().replaceLive(chosen.copy(), expected);
    if (!found.equals(expected)) {
      String putBack = kept.map(this::putBack).orElse("there was none before");
      throw new RecoveryException(
          "After the restore "
              + live
              + " holds "
              + found.describe()
              + " where "
              + expected.describe()
              + " was restored; "
              + putBack);
    }
    checks.add("Content of the live asset equals the recovery point: " + found.describe());
    Sandboxes.prune(safety, asset.name(), SAFETY_COPIES);
    return kept;
  }

  /** Says what became of the live asset. */
  private String putBack(Path safety) {
    try {
      Content before = asset.driver().content(safety);
      if (asset.driver().content(asset.driver().live()).equals(before)) {
        return "it is as it was, nothing was changed";
      }
      boolean back = asset.driver().replaceLive(safety, before).equals(before);
      return back
          ? "the state from before was put back"
          : "the state from before could not be put back and lies at " + safety;
    } catch (RecoveryException e) {
      return "the state from before lies at " + safety + " (" + e.getMessage() + ")";
    }
  }

  private Path sandbox() throws IOException {
    Path into = request.into().orElse(null);
    if (into == null) {
      Path sandbox =
          StateFiles.directory(state.resolve("sandbox")).resolve(asset.name() + "-" + id + ".db");
      Sandboxes.prune(sandbox, asset.name(), SANDBOXES - 1);
      return sandbox;
    }
    if (Files.exists(into)) {
      throw new RecoveryException(
          into + " exists already: name a file that does not, or move that one away");
    }
    return into.toAbsolutePath();
  }

  private void passedOver(String point) {
    checks.add("Passed over recovery point " + point);
  }

  private RecoveryException none(BackupRepository.Listing listing) {
    String rejected = checks.isEmpty() ? "" : ". " + String.join(". ", checks);
    String others =
        listing.points().isEmpty()
            ? "there is no recovery point at " + asset.copies().directory()
            : "of "
                + listing.points().size()
                + " recovery points the oldest is of "
                + listing.points().getLast().point().at();
    return new RecoveryException(
        "No sound recovery point of "
            + asset.name()
            + " from before "
            + request.before()
            + ": "
            + others
            + rejected
            + ". Bring an older one to that place, or choose a later moment");
  }
}
