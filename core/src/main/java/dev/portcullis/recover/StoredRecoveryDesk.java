package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.config.DestinationSettings;
import dev.portcullis.crypto.StreamCipher;
import dev.portcullis.recover.engine.Progress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups and restores of the configured assets; the reports are kept in the store. Thread-safe:
 * one asset's backups and restores wait for each other.
 */
public final class StoredRecoveryDesk implements RecoveryDesk, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoredRecoveryDesk.class);

  private final Map<String, ProtectedAsset> assets = new LinkedHashMap<>();
  private final Map<String, Task> running = new ConcurrentHashMap<>();
  private final RestoreLedger ledger;
  private final InstantSource clock;
  private final MeterRegistry meters;

  /**
   * @param destinations what the assets' copies may name
   * @param cipher for the snapshots in directories; without its key they are lost
   * @param keys for the engine's repositories; without them they are lost
   * @param rules keep recovery points that the schedule would remove
   * @param stateDirectory holds sandboxes ({@code sandbox}), safety copies ({@code safety}),
   *     short-lived copies ({@code recover}) and write-ahead logs received ({@code wal}); needs
   *     room for a few copies of the largest asset
   * @throws RecoveryException the backup engine is needed and missing
   */
  public StoredRecoveryDesk(
      List<AssetSettings> assets,
      List<DestinationSettings> destinations,
      StreamCipher cipher,
      EngineKeys keys,
      List<RetentionRule> rules,
      Path stateDirectory,
      Jdbi jdbi,
      InstantSource clock,
      MeterRegistry meters) {
    this.ledger = new RestoreLedger(jdbi);
    this.clock = clock;
    this.meters = meters;
    // children run in directories of their own, so every path they are given is absolute
    Path state = stateDirectory.toAbsolutePath();
    var factory = new AssetFactory(destinations, cipher, keys, rules, ledger, jdbi, clock, state);
    for (AssetSettings settings : assets) {
      ProtectedAsset asset = factory.asset(settings);
      this.assets.put(settings.name(), asset);
      Gauge.builder("portcullis.recover.newest.point", asset.newest(), AtomicLong::get)
          .description("When the newest recovery point was made, epoch seconds; 0: not yet")
          .baseUnit("seconds")
          .tag("asset", asset.name())
          .register(meters);
    }
  }

  /** Begins what goes on between backups, such as receiving write-ahead logs. */
  public void start() {
    assets.values().forEach(ProtectedAsset::start);
  }

  @Override
  public void close() {
    running.values().forEach(task -> task.cancellation().cancel());
    assets.values().forEach(ProtectedAsset::close);
  }

  @Override
  public RecoveryPoint backup(String name) {
    ProtectedAsset asset = asset(name);
    long start = System.nanoTime();
    boolean done = false;
    var task = new Task();
    try (var held = asset.lock().hold()) {
      running.put(name, task);
      RecoveryPoint point = asset.backup(task);
      asset.newest().set(point.at().getEpochSecond());
      done = true;
      return point;
    } finally {
      running.remove(name, task);
      count("portcullis.recover.backup", asset, done, System.nanoTime() - start);
    }
  }

  @Override
  public Optional<Progress> progress(String name) {
    asset(name);
    return Optional.ofNullable(running.get(name)).flatMap(Task::progress);
  }

  @Override
  public boolean cancel(String name) {
    asset(name);
    Optional<Task> task = Optional.ofNullable(running.get(name));
    task.ifPresent(found -> found.cancellation().cancel());
    return task.isPresent();
  }

  @Override
  public List<RecoveryPoint> points(String name) {
    return asset(name).points();
  }

  @Override
  public List<AssetBackups> backups() {
    Instant now = clock.instant();
    return assets.values().stream().map(asset -> asset.state(now)).toList();
  }

  @Override
  public RestoreReport restore(Request request) {
    ProtectedAsset asset = asset(request.asset());
    long start = System.nanoTime();
    Instant startedAt = clock.instant();
    long number = ledger.begin(request, startedAt);
    boolean done = false;
    var task = new Task();
    try (var held = asset.lock().hold()) {
      running.put(asset.name(), task);
      var order = new RestoreOrder("RST-" + number, request, startedAt, start);
      RestoreReport report = asset.restore(order, task);
      ledger.finish(number, report, clock.instant());
      done = true;
      return report;
    } catch (RecoveryException e) {
      LOG.warn("RST-{} failed: {}", number, e.getMessage());
      ledger.fail(number, String.valueOf(e.getMessage()), clock.instant());
      throw e;
    } finally {
      running.remove(asset.name(), task);
      count("portcullis.recover.restore", asset, done, System.nanoTime() - start);
    }
  }

  @Override
  public List<RestoreReport> reports() {
    return ledger.reports();
  }

  private ProtectedAsset asset(String name) {
    ProtectedAsset asset = assets.get(name);
    if (asset == null) {
      throw new RecoveryException(
          "There is no asset '" + name + "': the configuration names " + assets.keySet());
    }
    return asset;
  }

  private void count(String meter, ProtectedAsset asset, boolean done, long nanos) {
    Timer.builder(meter)
        .tag("asset", asset.name())
        .tag("outcome", done ? "done" : "failed")
        .register(meters)
        .record(Duration.ofNanos(nanos));
  }
}
