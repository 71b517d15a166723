package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.config.DestinationSettings;
import dev.portcullis.config.Keep;
import dev.portcullis.recover.AssetBackups.DestinationState;
import dev.portcullis.recover.EngineBackup.Sent;
import dev.portcullis.recover.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An asset whose recovery points lie in repositories of the backup engine. */
final class EngineAsset implements ProtectedAsset {
  private static final Logger LOG = LoggerFactory.getLogger(EngineAsset.class);

  /** Data without a seal is given up after this. */
  static final Duration UNFINISHED = Duration.ofDays(2);

  /** Space is freed at most so often: it takes long. */
  static final Duration PRUNED_EVERY = Duration.ofDays(1);

  private final AssetSettings settings;
  private final AssetKind kind;
  private final List<Place> places;
  private final Keep keep;
  private final AssetLock lock;
  private final BackupLedger ledger;
  private final List<RetentionRule> rules;
  private final Supplier<Optional<Boolean>> proven;
  private final InstantSource clock;
  private final Path state;
  private final AtomicLong newest = new AtomicLong();
  private final Map<Place, Instant> pruned = new ConcurrentHashMap<>();

  /**
   * @param proven whether the last restore was verified; empty: there was none
   */
  EngineAsset(
      AssetSettings settings,
      AssetKind kind,
      List<Place> places,
      Keep keep,
      AssetLock lock,
      BackupLedger ledger,
      List<RetentionRule> rules,
      Supplier<Optional<Boolean>> proven,
      InstantSource clock,
      Path state) {
    this.settings = settings;
    this.kind = kind;
    this.places = List.copyOf(places);
    this.keep = keep;
    this.lock = lock;
    this.ledger = ledger;
    this.rules = List.copyOf(rules);
    this.proven = proven;
    this.clock = clock;
    this.state = state;
  }

  @Override
  public AssetSettings settings() {
    return settings;
  }

  @Override
  public AssetLock lock() {
    return lock;
  }

  @Override
  public AtomicLong newest() {
    return newest;
  }

  AssetKind kind() {
    return kind;
  }

  List<Place> places() {
    return places;
  }

  InstantSource clock() {
    return clock;
  }

  Path state() {
    return state;
  }

  @Override
  public void start() {
    kind.start(this);
  }

  @Override
  public void close() {
    kind.close();
  }

  @Override
  public RecoveryPoint backup(Task task) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Path work = state.resolve("recover").resolve(name() + ".copy");
    try {
      task.phase("reading " + kind.live());
      Harvest harvest = kind.harvest(Trees.fresh(work), task);
      task.requireGoingOn();
      Instant harvested = SnapshotAsset.roundedUp(clock.instant());
      var result = new EngineBackup(name(), places).send(harvest, at, task);
      boolean staged = harvest instanceof Harvest.Files files && files.staged();
      Instant complete = staged ? harvested : SnapshotAsset.roundedUp(clock.instant());
      Map<String, String> details =
          harvest instanceof Harvest.Files files ? files.details() : Map.of();
      return settle(result, at, complete, details);
    } catch (IOException e) {
      throw new RecoveryException(
          "Cannot use the state directory " + work + ": " + StateFiles.reason(e), e);
    } finally {
      discard(work);
    }
  }

  private RecoveryPoint settle(
      EngineBackup.Result result, Instant at, Instant complete, Map<String, String> details) {
    var failures = new ArrayList<String>();
    var kept = new ArrayList<Place>();
    for (Sent sent : result.sent()) {
      Place place = sent.place();
      try {
        if (sent.failure().isPresent()) {
          throw sent.failure().get();
        }
        var summary = sent.summary().orElseThrow();
        place.seal(name(), summary, at, complete, result.content().orElse(""), details);
        ledger.good(name(), place.name(), at, clock.instant(), summary);
        kept.add(place);
      } catch (EngineException e) {
        String why = place.name() + ": " + e.getMessage();
        LOG.warn("The backup of {} to {}", name(), why);
        ledger.failed(name(), place.name(), at, clock.instant(), String.valueOf(e.getMessage()));
        failures.add(why);
      }
    }
    if (kept.isEmpty()) {
      throw new RecoveryException(
          "The backup of " + name() + " reached no destination: " + String.join("; ", failures));
    }
    RecoveryPoint point = pointAt(at, kept);
    kept.forEach(this::retain);
    return point;
  }

  private RecoveryPoint pointAt(Instant at, List<Place> kept) {
    Place first = kept.getFirst();
    try {
      KeptPoint found =
          first.points(name()).stream()
              .filter(point -> point.at().equals(at))
              .findFirst()
              .orElseThrow(() ->
                  new RecoveryException(
                      "The recovery point just written to " + first.name() + " is not there"));
      kind.kept(found);
      return published(found, kept);
    } catch (EngineException e) {
      throw new RecoveryException(String.valueOf(e.getMessage()), e);
    }
  }

  private static RecoveryPoint published(KeptPoint point, List<Place> at) {
    return new RecoveryPoint(
        point.id(),
        point.asset(),
        point.at(),
        at.stream().map(Place::name).collect(Collectors.joining(", ")),
        point.bytes(),
        point.content());
  }

  /** What fails here is tried again after the next backup; the backup itself went well. */
  private void retain(Place place) {
    try {
      List<KeptPoint> all = place.points(name());
      Set<Instant> scheduled = Retention.kept(all.stream().map(KeptPoint::at).toList(), keep);
      List<RecoveryPoint> published =
          all.stream().map(point -> published(point, List.of(place))).toList();
      var stays = new ArrayList<KeptPoint>();
      for (int i = 0; i < all.size(); i++) {
        RecoveryPoint point = published.get(i);
        if (scheduled.contains(point.at())
            || rules.stream().anyMatch(rule -> rule.keeps(point, published))) {
          stays.add(all.get(i));
        }
      }
      Instant now = clock.instant();
      Instant last = pruned.getOrDefault(place, Instant.EPOCH);
      boolean prune = Duration.between(last, now).compareTo(PRUNED_EVERY) >= 0;
      place.retain(name(), stays, now.minus(UNFINISHED), prune);
      if (prune) {
        pruned.put(place, now);
      }
    } catch (EngineException e) {
      LOG.warn("Old recovery points of {} stay for now: {}", name(), e.getMessage());
    }
  }

  @Override
  public List<RecoveryPoint> points() {
    var byMoment = new TreeMap<Instant, List<Place>>(Comparator.reverseOrder());
    var example = new TreeMap<Instant, KeptPoint>();
    var failures = new ArrayList<String>();
    for (Place place : places) {
      try {
        for (KeptPoint point : place.points(name())) {
          byMoment.computeIfAbsent(point.at(), at -> new ArrayList<>()).add(place);
          example.putIfAbsent(point.at(), point);
        }
      } catch (EngineException e) {
        if (e.reason() != EngineException.Reason.NO_REPOSITORY) {
          failures.add(String.valueOf(e.getMessage()));
        }
      }
    }
    if (failures.size() == places.size()) {
      throw new RecoveryException(String.join("; ", failures));
    }
    return byMoment.entrySet().stream()
        .flatMap(entry ->
            Optional.ofNullable(example.get(entry.getKey()))
                .map(point -> published(point, entry.getValue()))
                .stream())
        .toList();
  }

  @Override
  public RestoreReport restore(RestoreOrder order, Task task) {
    return new EngineRestoration(this, order, task).run();
  }

  @Override
  public AssetBackups state(Instant now) {
    var findings = new BackupFindings(settings);
    var states = new ArrayList<DestinationState>();
    var with = new ArrayList<DestinationSettings>();
    for (Place place : places) {
      DestinationState state = findings.look(place, ledger.runs(name(), place.name()), now);
      states.add(state);
      if (state.lastGood().isPresent()) {
        with.add(place.settings());
      }
    }
    kind.trouble().ifPresent(findings::add);
    return new AssetBackups(
        name(), states, BackupFindings.rule(with, proven.get()), findings.findings());
  }

  private void discard(Path work) {
    try {
      Trees.delete(work);
    } catch (IOException e) {
      LOG.warn("A copy is left at {}: {}", work, StateFiles.reason(e));
    }
  }
}
