package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.config.AssetSettings.Copies;
import dev.portcullis.config.DestinationSettings;
import dev.portcullis.crypto.StreamCipher;
import dev.portcullis.recover.AssetBackups.DestinationState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SQLite asset whose recovery points are snapshots in a directory: nothing needs to be installed.
 *
 * @param newest epoch seconds of the newest recovery point made since the start; 0: none yet
 * @param proven whether the last restore was verified; empty: there was none
 */
record SnapshotAsset(
    AssetSettings settings,
    Copies.Snapshots copies,
    AssetDriver driver,
    BackupRepository repository,
    AssetLock lock,
    AtomicLong newest,
    Supplier<Optional<Boolean>> proven,
    InstantSource clock,
    Path state)
    implements ProtectedAsset {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotAsset.class);

  static SnapshotAsset of(
      AssetSettings settings,
      Copies.Snapshots copies,
      StreamCipher cipher,
      AssetLock lock,
      List<RetentionRule> rules,
      Supplier<Optional<Boolean>> proven,
      InstantSource clock,
      Path state) {
    if (!(settings.source() instanceof AssetSettings.Source.Sqlite(Path path))) {
      throw new RecoveryException(
          "The asset "
              + settings.name()
              + " is no SQLite database, so backup.to can't hold it: use backup.destinations");
    }
    return new SnapshotAsset(
        settings,
        copies,
        new SqliteDriver(path),
        new DirectoryRepository(copies.directory(), cipher, copies.keep(), rules),
        lock,
        new AtomicLong(),
        proven,
        clock,
        state);
  }

  /**
   * The state that the snapshot holds lies between two readings of the clock. Both are kept: data
   * loss is counted from the earlier, and only a point whose later one precedes the breach is
   * clean.
   */
  @Override
  public RecoveryPoint backup(Task task) {
    Path working = state.resolve("recover");
    Path copy = working.resolve(name() + ".copy");
    try {
      StateFiles.directory(working);
      Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      driver.snapshot(copy);
      Instant complete = roundedUp(clock.instant());
      Content content = driver.content(copy);
      return repository.store(name(), at, complete, content, copy).point();
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot use the state directory " + working + ": " + StateFiles.reason(e), e);
    } finally {
      discard(copy);
    }
  }

  @Override
  public List<RecoveryPoint> points() {
    return repository.list(name()).points().stream().map(StoredPoint::point).toList();
  }

  @Override
  public RestoreReport restore(RestoreOrder order, Task task) {
    return new Restoration(
            this, state, order.id(), order.request(), order.startedAt(), order.startNanos())
        .run();
  }

  @Override
  public AssetBackups state(Instant now) {
    BackupRepository.Listing listing = repository.list(name());
    var findings = new ArrayList<>(listing.broken());
    Optional<RecoveryPoint> last = listing.points().stream().map(StoredPoint::point).findFirst();
    Duration due = Duration.ofMillis((long) (settings.every().toMillis() * BackupFindings.LATE));
    if (last.isEmpty() || last.get().at().plus(due).isBefore(now)) {
      findings.add(
          "The backup of "
              + name()
              + " to "
              + copies.directory()
              + " is late: "
              + last.map(point -> "the last is of " + point.at()).orElse("there is none yet"));
    }
    var directory =
        new DestinationSettings(
            "to",
            new DestinationSettings.Kind.Directory(copies.directory()),
            "disk",
            false,
            false,
            Optional.empty(),
            Optional.empty());
    long bytes = last.map(RecoveryPoint::bytes).orElse(0L);
    return new AssetBackups(
        name(),
        List.of(
            new DestinationState(
                "to",
                copies.directory().toString(),
                last.map(RecoveryPoint::at),
                last.map(RecoveryPoint::at),
                Optional.empty(),
                bytes,
                bytes,
                bytes)),
        BackupFindings.rule(last.isPresent() ? List.of(directory) : List.of(), proven.get()),
        List.copyOf(findings));
  }

  static Instant roundedUp(Instant instant) {
    Instant floor = instant.truncatedTo(ChronoUnit.MILLIS);
    return floor.equals(instant) ? floor : floor.plusMillis(1);
  }

  private static void discard(Path copy) {
    try {
      Files.deleteIfExists(copy);
      Files.deleteIfExists(copy.resolveSibling(copy.getFileName() + "-journal"));
    } catch (IOException e) {
      LOG.warn("A copy is left at {}: {}", copy, StateFiles.reason(e));
    }
  }
}
