package dev.portcullis.demo;

import dev.portcullis.api.Json;
import dev.portcullis.app.Node;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.journal.JournalVerifier;
import dev.portcullis.journal.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The story, from the first ordinary request to the post-mortem, on real parts. */
public final class Demo {
  /** Address that the attacker comes from. */
  static final String ATTACKER = "127.0.0.66";

  /** Ordinary traffic before the attack: the detectors learn what is usual. */
  private static final Duration ORDINARY = Duration.ofSeconds(12);

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int RECOVERY_POINTS = 2;

  private final DemoWorld world;
  private final Narrator narrator;
  private final Map<String, Instant> answered;

  Demo(DemoWorld world, Narrator narrator, Map<String, Instant> answered) {
    this.world = world;
    this.narrator = narrator;
    this.answered = answered;
  }

  /**
   * What is asked for.
   *
   * @param directory for all files
   * @param gatewayPort 0: the usual one, or a free one
   * @param consolePort 0: the usual one, or a free one
   */
  public record Options(
      Path directory, boolean once, boolean json, int gatewayPort, int consolePort) {}

  /** Tells it. Returns 0 only if every station did its job. */
  public static int run(Options options, PrintStream out, PrintStream err)
      throws IOException, ConfigurationException, InterruptedException {
    var narrator = new Narrator(options.json() ? err : out);
    var directory = DemoDirectory.prepare(options.directory());
    var answered = new ConcurrentHashMap<String, Instant>();
    Node.AnswerListener listener =
        (Incident incident, Signal signal, Instant at) -> answered.putIfAbsent(incident.id(), at);
    var world = DemoWorld.start(options, directory, listener);
    // also after Ctrl-C in the middle of the story
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(world::close));
    try {
      DemoResult result = new Demo(world, narrator, answered).tell();
      directory.finished();
      if (options.json()) {
        out.println(Json.line(result));
        out.flush();
      }
      if (!options.once()) {
        narrator.line("");
        narrator.line("All of it is on the page, too: " + world.node().consoleUrl());
        narrator.line("The clinics go on working. Ctrl-C ends the demo.");
        world.restartClients();
        Thread.currentThread().join();
      }
      return result.isComplete() ? 0 : 1;
    } finally {
      world.close();
    }
  }

  DemoResult tell() throws InterruptedException {
    introduce();
    world.clients().start();
    Optional<Incident> before = world.incident();
    if (before.isEmpty()) {
      ordinary();
    } else {
      narrator.done("still there", before.get().id() + ", " + before.get().title());
    }
    attack();
    Incident incident = respond(before.isPresent());
    world.clients().close();
    narrator.done("clinics", "ordinary clients meanwhile: " + world.clients().answers());
    return conclude(incident);
  }

  private void introduce() {
    narrator.title(
        "A clinic's API with "
            + world.clinic().patientCount()
            + " patients, "
            + ClinicApi.clinics().size()
            + " clinics, and one stolen key.");
    narrator.done("sample API", "http://127.0.0.1:" + world.clinic().port() + ", SQLite database");
    narrator.done("gateway", world.gate().toString());
    narrator.done(
        "page", world.node().consoleUrl() + "  user admin, password " + world.consolePassword());
    narrator.done("mail server", "127.0.0.1:" + world.mail().port());
    if (world.isResumed()) {
      narrator.done(
          "resumed",
          "an earlier run was interrupted: "
              + world.node().facades().journal().end()
              + " exchanges on record, "
              + world.ordersInForce()
              + " orders in force");
    }
  }

  private void ordinary() throws InterruptedException {
    narrator.begin(
        "ordinary",
        "the clinics work for " + ORDINARY.toSeconds() + " s, the database is backed up ...");
    long until = System.nanoTime() + ORDINARY.toNanos();
    await("two recovery points", () -> world.recoveryPoints() >= RECOVERY_POINTS);
    Thread.sleep(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    narrator.done(
        "ordinary",
        world.node().facades().journal().end()
            + " exchanges on record, "
            + world.recoveryPoints()
            + " recovery points offsite, no incident");
  }

  private void attack() {
    narrator.alarm(
        "attack",
        "from "
            + ATTACKER
            + ": the stolen key of "
            + world.stolenFrom()
            + " walks through other people's records: P-"
            + world.attackFrom()
            + ", P-"
            + (world.attackFrom() + 1)
            + ", ...");
    world.attacker().start();
  }

  private Incident respond(boolean isOld) throws InterruptedException {
    await("an incident", () -> world.incident().isPresent());
    String id = world.incident().orElseThrow().id();
    // only then are the playbook's steps waiting, and idle means done
    await("an answer to it", () -> isOld || answered.containsKey(id));
    int told = 0;
    long until = System.nanoTime() + PATIENCE.toNanos();
    boolean idle = false;
    while (!idle && System.nanoTime() < until) {
      idle = world.node().facades().responder().awaitIdle(id, POLL);
      told = tellTimeline(id, told);
    }
    world.attacker().await(PATIENCE);
    world
        .attacker()
        .firstRefusal()
        .ifPresent(refusal ->
            narrator.done(
                "refused",
                "the attacker's request "
                    + refusal.number()
                    + " was answered "
                    + refusal.status()
                    + ", and every one after it"));
    tellTimeline(id, told);
    return world.incident().orElseThrow();
  }

  private int tellTimeline(String id, int told) {
    var timeline = world.node().facades().incidents().timeline(id);
    for (TimelineEntry entry : timeline.subList(told, timeline.size())) {
      narrator.done(entry.kind(), entry.text());
    }
    return timeline.size();
  }

  private DemoResult conclude(Incident incident) throws InterruptedException {
    Path journal = world.stateDirectory().resolve("journal");
    // the last checkpoint is signed within a second after the last exchange
    await("the signed record", () -> verified(journal));
    DemoResult result =
        DemoResult.of(
            world, incident, Optional.ofNullable(answered.get(incident.id())), verified(journal));
    narrator.title("What happened");
    result.sentences().forEach(narrator::line);
    narrator.line("");
    narrator.line("Look closer:");
    narrator.line("  ./portcullis incident show " + incident.id() + " -c " + world.configFile());
    narrator.line("  ./portcullis scope " + incident.id() + " --subjects -c " + world.configFile());
    narrator.line("  ./portcullis journal verify " + journal);
    narrator.line("  mail as received: " + world.directory().resolve("mail"));
    if (!result.isComplete()) {
      narrator.alarm("incomplete", "not every station did its job: " + result.failures());
    }
    return result;
  }

  private static boolean verified(Path journal) {
    return JournalVerifier.verify(journal, Optional.empty()) instanceof Verification.Verified;
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(String what, Condition condition) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            "The demo waited " + PATIENCE.toSeconds() + " s for " + what + " in vain");
      }
      Thread.sleep(POLL);
    }
  }
}
