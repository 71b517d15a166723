package dev.portcullis.app;

import dev.portcullis.api.Api;
import dev.portcullis.api.Facades;
import dev.portcullis.config.AccountSettings;
import dev.portcullis.config.AssetSettings;
import dev.portcullis.config.Configuration;
import dev.portcullis.config.Endpoint;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.console.Console;
import dev.portcullis.crypto.Certificates;
import dev.portcullis.crypto.Keyring;
import dev.portcullis.detect.Detection;
import dev.portcullis.detect.Signal;
import dev.portcullis.evidence.EvidenceDesk;
import dev.portcullis.evidence.EvidenceSources;
import dev.portcullis.gate.GateListener;
import dev.portcullis.gate.GateParts;
import dev.portcullis.gate.GateServer;
import dev.portcullis.gate.authn.AuthenticationControl;
import dev.portcullis.gate.blocklist.SnapshotBlocklist;
import dev.portcullis.gate.inspect.RuleInspection;
import dev.portcullis.gate.propose.Samples;
import dev.portcullis.gate.ratelimit.RateLimitControl;
import dev.portcullis.identity.ConsoleUsers;
import dev.portcullis.identity.StoredCredentials;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.StoredHoldDesk;
import dev.portcullis.incident.StoredIncidentDesk;
import dev.portcullis.journal.FileJournal;
import dev.portcullis.journal.vault.SivAdoption;
import dev.portcullis.journal.vault.SubjectVault;
import dev.portcullis.journal.Keeper;
import dev.portcullis.learn.StoredReviewDesk;
import dev.portcullis.notify.StoredNoticeDesk;
import dev.portcullis.obligation.RuleBook;
import dev.portcullis.obligation.StoredObligationDesk;
import dev.portcullis.recover.BeforeBreaches;
import dev.portcullis.recover.EngineKeys;
import dev.portcullis.recover.RecoveryException;
import dev.portcullis.recover.StoredRecoveryDesk;
import dev.portcullis.respond.Responder;
import dev.portcullis.respond.StoredContainment;
import dev.portcullis.schedule.Timers;
import dev.portcullis.scope.IncidentHolds;
import dev.portcullis.scope.JournalScopeDesk;
import dev.portcullis.scope.SubjectDesk;
import dev.portcullis.store.Store;
import dev.portcullis.telemetry.Metrics;
import dev.portcullis.telemetry.Traffic;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, wired by hand. {@link #open} makes every part that needs no network; {@link #start}
 * opens the gate and the console; {@link #close} undoes both, last first.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /** What is under way may take this long at a stop. */
  static final Duration DRAIN = Duration.ofSeconds(10);

  private static final Duration EXPIRY_TICK = Duration.ofSeconds(1);
  private static final Duration REFRESH_TICK = Duration.ofSeconds(2);
  private static final Duration OUTBOX_TICK = Duration.ofSeconds(5);
  private static final Duration ARCHIVE_TICK = Duration.ofMinutes(1);
  private static final Duration RETENTION_TICK = Duration.ofHours(1);
  private static final Duration SCOPE_TICK = Duration.ofSeconds(30);
  private static final Duration RESUME_TICK = Duration.ofMinutes(1);

  private final AnswerListener listener;
  private final Configuration configuration;
  private final InstantSource clock;
  private final Parts parts;
  private final Keyring keyring;
  private final ServerCertificates certificates;
  private final Store store;
  private final FileJournal journal;
  private final SnapshotBlocklist blocklist = new SnapshotBlocklist();
  private final StoredCredentials credentials;
  private final ConsoleUsers users;
  private final StoredIncidentDesk incidents;
  private final StoredContainment containment;
  private final StoredRecoveryDesk recovery;
  private final Facades facades;
  private final Api api;
  private Optional<GateServer> gate = Optional.empty();
  private Optional<Console> console = Optional.empty();

  private Node(
      Configuration configuration, InstantSource clock, AnswerListener listener, Parts parts) {
    this.parts = parts;
    this.listener = listener;
    this.configuration = configuration;
    this.clock = clock;
    Path state = StateDirectory.prepare(configuration.node().state());
    var metrics = new Metrics();
    keyring = Keyring.open(state.resolve("keys"));
    certificates = new ServerCertificates(new Certificates(state.resolve("tls"), clock));
    var pseudonyms =
        parts.add(SubjectVault.open(state.resolve("vault.db"), keyring, clock, metrics.registry()));
    journal =
        parts.add(
            FileJournal.open(
                state.resolve("journal"),
                configuration.journal(),
                keyring.signingKeys(JournalKeys.PURPOSE),
                JournalKeys.origin(configuration),
                pseudonyms,
                clock,
                metrics.registry()));
    SivAdoption.run(keyring, journal, pseudonyms);
    store = parts.add(Store.open(state));
    credentials =
        new StoredCredentials(
            configuration.accounts(), store.jdbi(), keyring.keyedHash("api-keys"), clock);
    users = new ConsoleUsers(store.jdbi(), clock);
    incidents = new StoredIncidentDesk(store, clock);
    containment =
        new StoredContainment(
            store,
            blocklist,
            journal,
            incidents,
            configuration.containment(),
            configuration.accounts(),
            configuration.routes().stream().map(RouteSettings::name).collect(Collectors.toSet()),
            clock);
    var scopes = new JournalScopeDesk(journal, incidents, configuration, store, clock);
    var holds = new StoredHoldDesk(store, clock);
    var held = new IncidentHolds(holds, incidents, scopes::criteria);
    var subjects = new SubjectDesk(pseudonyms, journal, incidents, held);
    var rules = RuleBook.load();
    var obligations = new StoredObligationDesk(store, configuration.obligations(), rules, clock);
    var notices =
        new StoredNoticeDesk(
            store,
            configuration.notification(),
            configuration.obligations().controller(),
            rules,
            incidents,
            obligations,
            name -> Optional.ofNullable(System.getenv(name)),
            clock);
    recovery =
        parts.add(
            new StoredRecoveryDesk(
                configuration.assets(),
                configuration.destinations(),
                keyring.streamCipher("backups"),
                new EngineKeys(
                    () -> keyring.passwordFile("repositories"),
                    name -> Optional.ofNullable(System.getenv(name))),
                List.of(new BeforeBreaches(new OpenBreaches(incidents, holds, scopes, journal))),
                state,
                store.jdbi(),
                clock,
                metrics.registry()));
    var reviews =
        new StoredReviewDesk(
            store, incidents, scopes, containment, obligations, notices, recovery, clock);
    var steps =
        new Steps(
            scopes,
            obligations,
            notices,
            configuration.notification().sending(),
            recovery,
            reviews);
    var responder =
        parts.add(
            new Responder(
                store,
                incidents,
                containment,
                configuration.containment(),
                configuration.playbooks(),
                steps.actions(),
                clock,
                metrics));
    var evidence =
        new EvidenceDesk(
            new EvidenceSources(
                journal,
                journal.records(),
                pseudonyms,
                incidents,
                scopes,
                containment,
                obligations,
                notices,
                recovery,
                reviews,
                incident -> scopes.criteria(incident.id())),
            store,
            keyring.signingKeys(JournalKeys.PURPOSE),
            state.resolve("evidence"),
            clock);
    facades =
        new Facades(
            configuration,
            clock,
            journal,
            new Keeper(journal, configuration.journal(), held::current),
            pseudonyms,
            credentials,
            incidents,
            holds,
            containment,
            responder,
            scopes,
            subjects,
            scopes,
            obligations,
            notices,
            recovery,
            reviews,
            evidence,
            new Traffic(),
            new Samples(),
            metrics);
    api = new Api(facades);
  }

  /** All parts, nothing listening. */
  public static Node open(Configuration configuration, InstantSource clock) {
    return open(configuration, clock, (incident, signal, at) -> {});
  }

  /**
   * All parts, nothing listening; the listener is told of each signal when it has been answered.
   */
  public static Node open(
      Configuration configuration, InstantSource clock, AnswerListener listener) {
    var begun = new Parts();
    try {
      return new Node(configuration, clock, listener, begun);
    } catch (RuntimeException e) {
      begun.close();
      throw e;
    }
  }

  /**
   * Is told when a signal has been answered: its containment order, if any, is in force since then.
   */
  @FunctionalInterface
  public interface AnswerListener {
    /** On the detection thread: must not block. */
    void answered(Incident incident, Signal signal, Instant at);
  }

  /** What the node can do. */
  public Facades facades() {
    return facades;
  }

  /** The operations for command line and console. */
  public Api api() {
    return api;
  }

  /**
   * Detects, answers requests, serves the console. Orders in force are in force before the first
   * request.
   */
  public void start() {
    parts
        .add(
            new DetectionLoop(
                journal,
                new Detection(configuration.detectors()),
                facades.traffic(),
                store,
                this::handle))
        .start();
    recovery.start();
    startTimers();
    facades.responder().resume();
    startGate();
    startConsole();
  }

  private void handle(Signal signal) {
    var acceptance = incidents.accept(signal);
    facades.responder().respond(acceptance.incident(), signal);
    listener.answered(acceptance.incident(), signal, clock.instant());
  }

  private void startTimers() {
    var timers = parts.add(new Timers(store, facades.metrics(), clock));
    timers.every("expire-orders", EXPIRY_TICK, containment::expire);
    timers.every("refresh-previews", REFRESH_TICK, containment::refresh);
    timers.every("send-notices", OUTBOX_TICK, () -> facades.notices().dispatch());
    timers.every("refresh-scopes", SCOPE_TICK, this::refreshScopes);
    timers.every("resume-playbooks", RESUME_TICK, () -> facades.responder().resume());
    timers.every("archive-journal", ARCHIVE_TICK, () -> facades.keeper().archive());
    timers.every("expire-journal", RETENTION_TICK, () -> facades.keeper().retain());
    for (AssetSettings asset : configuration.assets()) {
      timers.every("backup-" + asset.name(), asset.every(), () -> backup(asset.name()));
    }
    timers.start();
  }

  /** While an attack goes on, the scope follows it. */
  private void refreshScopes() {
    incidents.list().stream()
        .filter(incident -> !incident.state().isOver())
        .forEach(incident -> facades.pivots().refresh(incident));
  }

  private void backup(String asset) {
    try {
      facades.recovery().backup(asset);
    } catch (RecoveryException e) {
      LOG.error("Backup of {} failed: {}", asset, e.getMessage());
    }
  }

  private void startGate() {
    var server =
        new GateServer(
            new GateParts(
                configuration.listeners().stream()
                    .map(listener ->
                        new GateListener(
                            listener.name(),
                            listener.address(),
                            listener
                                .tls()
                                .map(tls ->
                                    certificates.files(tls, listener.name(), listener.address()))))
                    .toList(),
                configuration.upstreams(),
                configuration.routes(),
                configuration.limits(),
                parts.add(
                    new AuthenticationControl(
                        configuration.authentication(),
                        configuration.accounts(),
                        credentials,
                        keyring.keyedHash("sessions"),
                        clock)),
                new RateLimitControl(configuration.limits(), clock),
                RuleInspection.standard(),
                blocklist,
                journal,
                facades.metrics().registry(),
                clock,
                Optional.empty(),
                facades.samples()));
    parts.add(() -> server.stop(DRAIN));
    server.start();
    gate = Optional.of(server);
  }

  private void startConsole() {
    Path state = configuration.node().state();
    var settings = configuration.console();
    var tls = certificates.files(settings.tls(), "console", settings.address());
    new FirstPassword(state).ensure(users);
    String token = Control.newToken();
    var server =
        parts.add(
            new Console(
                facades, api, settings.address(), tls.certificate(), tls.key(), users, token));
    console = Optional.of(server);
    new Control(
            "https://"
                + new Endpoint(
                    ServerCertificates.reachable(settings.address().host()), server.port()),
            tls.certificate(),
            token)
        .write(state);
    parts.add(() -> Control.remove(state));
  }

  /** Where a listener listens. */
  public InetSocketAddress address(String listener) {
    return gate.orElseThrow(() -> new IllegalStateException("The gate is not started"))
        .address(listener);
  }

  /** Where the console is. */
  public String consoleUrl() {
    int port =
        console
            .map(Console::port)
            .orElseThrow(() -> new IllegalStateException("The console is not started"));
    String host = configuration.console().address().host();
    return "https://"
        + (host.equals("127.0.0.1") ? "localhost" : ServerCertificates.reachable(host))
        + ":"
        + port
        + "/";
  }

  /** What a person at the terminal wants to know first. */
  public List<String> describe() {
    var lines = new ArrayList<String>();
    configuration
        .listeners()
        .forEach(listener ->
            lines.add(
                "gate     "
                    + (listener.tls().isPresent() ? "https://" : "http://")
                    + new Endpoint(
                        ServerCertificates.reachable(listener.address().host()),
                        address(listener.name()).getPort())
                    + "/  ("
                    + listener.name()
                    + ", "
                    + configuration.routes().size()
                    + " routes)"));
    lines.add("console  " + consoleUrl());
    lines.add(
        "login    "
            + FirstPassword.USER
            + ", first password in "
            + configuration.node().state().resolve(FirstPassword.FILE));
    lines.add(
        "record   "
            + journal.end()
            + " exchanges, "
            + containment.inForce(clock.instant()).size()
            + " orders in force, accounts: "
            + configuration.accounts().stream().map(AccountSettings::name).toList());
    return lines;
  }

  @Override
  public void close() {
    parts.close();
  }
}
