package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.crypto.StreamCipher;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups and restores of the configured assets; the reports are kept in the store. Thread-safe:
 * one asset's backups and restores wait for each other.
 */
public final class StoredRecoveryDesk implements RecoveryDesk {
  private static final Logger LOG = LoggerFactory.getLogger(StoredRecoveryDesk.class);

  private final Map<String, Asset> assets = new LinkedHashMap<>();
  private final Path state;
  private final RestoreLedger ledger;
  private final InstantSource clock;
  private final MeterRegistry meters;

  /**
   * @param cipher for the recovery points; without its key they are lost
   * @param stateDirectory holds sandboxes ({@code sandbox}), safety copies ({@code safety}) and
   *     short-lived copies ({@code recover}); needs room for a few copies of the largest asset
   */
  public StoredRecoveryDesk(
      List<AssetSettings> assets,
      StreamCipher cipher,
      Path stateDirectory,
      Jdbi jdbi,
      InstantSource clock,
      MeterRegistry meters) {
    this(assets, cipher, stateDirectory, jdbi, Breaches.NONE, clock, meters);
  }

  /**
   * @param cipher as above
   * @param stateDirectory as above
   * @param breaches whose last recovery points before them are kept whatever their number
   */
  public StoredRecoveryDesk(
      List<AssetSettings> assets,
      StreamCipher cipher,
      Path stateDirectory,
      Jdbi jdbi,
      Breaches breaches,
      InstantSource clock,
      MeterRegistry meters) {
    this.state = stateDirectory;
    this.ledger = new RestoreLedger(jdbi);
    this.clock = clock;
    this.meters = meters;
    for (AssetSettings settings : assets) {
      var asset = Asset.of(settings, cipher, working(), breaches);
      this.assets.put(settings.name(), asset);
      Gauge.builder("portcullis.recover.newest.point", asset.newest(), AtomicLong::get)
          .description("When the newest recovery point was made, epoch seconds; 0: not yet")
          .baseUnit("seconds")
          .tag("asset", asset.name())
          .register(meters);
    }
  }

  @Override
  public RecoveryPoint backup(String name) {
    Asset asset = asset(name);
    long start = System.nanoTime();
    boolean done = false;
    try (var held = asset.lock().hold()) {
      RecoveryPoint point = copyAndStore(asset);
      asset.newest().set(point.at().getEpochSecond());
      done = true;
      return point;
    } finally {
      count("portcullis.recover.backup", asset, done, System.nanoTime() - start);
    }
  }

  @Override
  public List<RecoveryPoint> points(String name) {
    return asset(name).repository().list(name).points().stream().map(StoredPoint::point).toList();
  }

  @Override
  public RestoreReport restore(Request request) {
    Asset asset = asset(request.asset());
    long start = System.nanoTime();
    Instant startedAt = clock.instant();
    long number = ledger.begin(request, startedAt);
    boolean done = false;
    try (var held = asset.lock().hold()) {
      var restoration = new Restoration(asset, state, "RST-" + number, request, startedAt, start);
      RestoreReport report = restoration.run();
      ledger.finish(number, report, clock.instant());
      done = true;
      return report;
    } catch (RecoveryException e) {
      LOG.warn("RST-{} failed: {}", number, e.getMessage());
      ledger.fail(number, String.valueOf(e.getMessage()), clock.instant());
      throw e;
    } finally {
      count("portcullis.recover.restore", asset, done, System.nanoTime() - start);
    }
  }

  @Override
  public List<RestoreReport> reports() {
    return ledger.reports();
  }

  /**
   * The state that the snapshot holds lies between two readings of the clock. Both are kept: data
   * loss is counted from the earlier, and only a point whose later one precedes the breach is
   * clean.
   */
  private RecoveryPoint copyAndStore(Asset asset) {
    Path copy = working().resolve(asset.name() + ".copy");
    try {
      StateFiles.directory(working());
      Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      asset.driver().snapshot(copy);
      Instant complete = roundedUp(clock.instant());
      Content content = asset.driver().content(copy);
      return asset.repository().store(asset.name(), at, complete, content, copy).point();
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot use the state directory " + working() + ": " + StateFiles.reason(e), e);
    } finally {
      discard(copy);
    }
  }

  private static Instant roundedUp(Instant instant) {
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

  private Path working() {
    return state.resolve("recover");
  }

  private Asset asset(String name) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw new RecoveryException(
          "There is no asset '" + name + "': the configuration names " + assets.keySet());
    }
    return asset;
  }

  private void count(String meter, Asset asset, boolean done, long nanos) {
    Timer.builder(meter)
        .tag("asset", asset.name())
        .tag("outcome", done ? "done" : "failed")
        .register(meters)
        .record(Duration.ofNanos(nanos));
  }
}
