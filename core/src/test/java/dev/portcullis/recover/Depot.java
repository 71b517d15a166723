package dev.portcullis.recover;

import dev.portcullis.config.AssetSettings;
import dev.portcullis.config.AssetSettings.Copies;
import dev.portcullis.config.AssetSettings.Source;
import dev.portcullis.config.DestinationSettings;
import dev.portcullis.config.Keep;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A desk with one asset, {@code thing}, whose recovery points lie in the engine's repositories. */
final class Depot implements AutoCloseable {
  final Path root;
  final Path state;
  final List<DestinationSettings> destinations = new ArrayList<>();
  final List<RetentionRule> rules = new ArrayList<>();
  final Map<String, String> variables = new java.util.HashMap<>();

  /** The clock; empty: the machine's. */
  final AtomicReference<Optional<Instant>> now = new AtomicReference<>(Optional.empty());

  Duration every = Duration.ofHours(1);
  Keep keep = Keep.DEFAULT;
  private final Store store;

  Depot(Path root) {
    this.root = root;
    this.state = root.resolve("state");
    this.store = Store.open(state);
  }

  static DestinationSettings directory(String name, Path path) throws IOException {
    return new DestinationSettings(
        name,
        new DestinationSettings.Kind.Directory(Files.createDirectories(path)),
        "disk",
        false,
        false,
        Optional.empty(),
        Optional.empty());
  }

  Depot to(DestinationSettings... all) {
    destinations.addAll(List.of(all));
    return this;
  }

  StoredRecoveryDesk desk(Source source) {
    return desk(source, "keys");
  }

  StoredRecoveryDesk desk(Source source, String keys) {
    var settings =
        new AssetSettings(
            "thing",
            source,
            "clinic",
            every,
            new Copies.Repositories(
                destinations.stream().map(DestinationSettings::name).toList(), keep),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1));
    var keyring = Keyring.open(root.resolve(keys));
    return new StoredRecoveryDesk(
        List.of(settings),
        destinations,
        keyring.streamCipher("backups"),
        new EngineKeys(
            () -> keyring.passwordFile("repositories"),
            name -> Optional.ofNullable(variables.get(name))),
        rules,
        state,
        store.jdbi(),
        this::clock,
        new SimpleMeterRegistry());
  }

  Instant clock() {
    return now.get().orElseGet(Instant::now);
  }

  void later(Duration time) {
    now.set(Optional.of(clock().plus(time)));
  }

  RecoveryDesk.Request before(Instant moment) {
    return new RecoveryDesk.Request("thing", moment, Optional.empty(), Optional.empty(), false);
  }

  RecoveryDesk.Request live(Instant moment) {
    return new RecoveryDesk.Request("thing", moment, Optional.empty(), Optional.empty(), true);
  }

  @Override
  public void close() {
    store.close();
  }
}
