package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.config.AssetSettings.Copies;
import dev.portcullis.config.AssetSettings.Source;
import dev.portcullis.config.DestinationSettings;
import dev.portcullis.crypto.StreamCipher;
import dev.portcullis.recover.engine.EngineException;
import dev.portcullis.recover.engine.Location;
import dev.portcullis.recover.engine.Restic;
import dev.portcullis.recover.engine.ResticProgram;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Jdbi;

/** Makes what the configuration names. All assets of one destination share its repository. */
final class AssetFactory {
  /** It becomes a file name. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Map<String, DestinationSettings> destinations = new HashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final StreamCipher cipher;
  private final EngineKeys keys;
  private final List<RetentionRule> rules;
  private final RestoreLedger restores;
  private final BackupLedger backups;
  private final InstantSource clock;
  private final Path state;

  AssetFactory(
      List<DestinationSettings> destinations,
      StreamCipher cipher,
      EngineKeys keys,
      List<RetentionRule> rules,
      RestoreLedger restores,
      Jdbi jdbi,
      InstantSource clock,
      Path state) {
    destinations.forEach(settings -> this.destinations.put(settings.name(), settings));
    this.cipher = cipher;
    this.keys = keys;
    this.rules = List.copyOf(rules);
    this.restores = restores;
    this.backups = new BackupLedger(jdbi);
    this.clock = clock;
    this.state = state;
  }

  ProtectedAsset asset(AssetSettings settings) {
    String name = settings.name();
    if (!NAME.matcher(name).matches()) {
      throw new RecoveryException(
          "The asset name '"
              + name
              + "' can't be a file name: use letters, digits, '.', '_' and '-', at most 100");
    }
    var lock = new AssetLock(name, state.resolve("recover"));
    Supplier<Optional<Boolean>> proven = () -> restores.proven(name);
    return switch (settings.copies()) {
      case Copies.Snapshots snapshots ->
          SnapshotAsset.of(settings, snapshots, cipher, lock, rules, proven, clock, state);
      case Copies.Repositories repositories ->
          new EngineAsset(
              settings,
              kind(settings),
              repositories.destinations().stream().map(this::place).toList(),
              repositories.keep(),
              lock,
              backups,
              rules,
              proven,
              clock,
              state);
    };
  }

  private AssetKind kind(AssetSettings settings) {
    return switch (settings.source()) {
      case Source.Sqlite(Path path) -> new SqliteKind(path);
      case Source.Directory(Path path, List<String> exclude) -> new DirectoryKind(path, exclude);
      case Source.Command command -> new CommandKind(command);
      case Source.Postgresql postgresql ->
          new PostgresKind(settings.name(), postgresql, state.resolve("wal"));
    };
  }

  private Place place(String name) {
    Place known = places.get(name);
    if (known != null) {
      return known;
    }
    DestinationSettings settings = destinations.get(name);
    if (settings == null) {
      throw new RecoveryException(
          "There is no destination '"
              + name
              + "': the configuration names "
              + destinations.keySet());
    }
    try {
      var place =
          new Place(
              settings,
              new Restic(
                  ResticProgram.require(),
                  Location.of(settings, keys.variables()),
                  keys.passwordFile().get(),
                  state.resolve("recover").resolve("engine-cache")));
      places.put(name, place);
      return place;
    } catch (EngineException e) {
      throw new RecoveryException(String.valueOf(e.getMessage()), e);
    }
  }
}
