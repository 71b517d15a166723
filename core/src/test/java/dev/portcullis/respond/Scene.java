package dev.portcullis.respond;

import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.ContainmentSettings;
import dev.portcullis.config.PlaybookSettings;
import dev.portcullis.config.PlaybookSettings.Step;
import dev.portcullis.config.PlaybookSettings.Verb;
import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.SettableClock;
import dev.portcullis.incident.Signals;
import dev.portcullis.incident.StoredIncidentDesk;
import dev.portcullis.store.Store;
import dev.portcullis.telemetry.Metrics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A node's response part, wired as it is in the product, on the store of that directory. */
final class Scene implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  static final PlaybookSettings STOLEN_KEY =
      new PlaybookSettings(
          "stolen-key",
          Set.of("object-enumeration", "bulk-exfiltration"),
          List.of(
              new Step.Contain(Verb.CREDENTIAL),
              new Step.DetermineScope(),
              new Step.StartClocks(),
              new Step.Notify(),
              new Step.Restore("clinic-database", true),
              new Step.DraftPostMortem()));

  static final PlaybookSettings INJECTION =
      new PlaybookSettings(
          "injection", Set.of("injection"), List.of(new Step.Contain(Verb.SOURCE)));

  final SettableClock clock = new SettableClock(NOON);
  final Metrics metrics = new Metrics();
  final Store store;
  final StoredIncidentDesk desk;
  final StoredContainment containment;
  final Responder responder;

  Scene(Path directory, ListedBlocklist gate, MemoryJournal journal, StepActions actions) {
    store = Store.open(directory);
    desk = new StoredIncidentDesk(store, clock);
    containment =
        new StoredContainment(
            store,
            gate,
            journal,
            desk,
            ContainmentSettings.DEFAULT,
            List.of(new AccountSettings("hospital", Set.of(), true)),
            Set.of("patients"),
            clock);
    responder =
        new Responder(
            store,
            desk,
            containment,
            ContainmentSettings.DEFAULT,
            List.of(STOLEN_KEY, INJECTION),
            actions,
            clock,
            metrics);
  }

  /** Somebody walks through other people's records with that key. */
  static Signal enumeration(String id, String credential, String account, String source) {
    return Signals.signal(id, "object-enumeration", NOON, credential, account, source, "patients");
  }

  /** As detection does it: accepted, then answered. */
  Incident raise(Signal signal) {
    Incident incident = desk.accept(signal).incident();
    responder.respond(incident, signal);
    return incident;
  }

  @Override
  public void close() {
    responder.close();
    store.close();
  }
}
