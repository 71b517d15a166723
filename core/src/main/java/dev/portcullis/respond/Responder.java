package dev.portcullis.respond;

import dev.portcullis.config.ContainmentSettings;
import dev.portcullis.config.PlaybookSettings;
import dev.portcullis.config.PlaybookSettings.Step;
import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.incident.TimelineEntry;
import dev.portcullis.store.Store;
import dev.portcullis.telemetry.Metrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the playbook of an incident. {@code contain} happens in the caller's thread before {@link
 * #respond} returns; all other steps follow in the background, each recorded before and after, so
 * that {@link #resume} goes on where a crash broke off.
 */
public final class Responder implements AutoCloseable {
  /** How often a step is attempted before it is left to a person. */
  static final int MAX_ATTEMPTS = 3;

  /** Incidents whose playbooks run at the same time; more wait in the store. */
  static final int MAX_INCIDENTS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

  /** What is determined anew when an incident turns out to be about more than was thought. */
  private static final Set<String> SUPERSEDED =
      Set.of("scope", "obligations", "notify", "restore", "post-mortem");

  private final Jdbi jdbi;
  private final IncidentDesk desk;
  private final TimelineOutbox outbox;
  private final List<PlaybookSettings> playbooks;
  private final StepRunner runner;
  private final InstantSource clock;
  private final MeterRegistry meters;
  private final Workers workers;

  /** Does nothing before {@link #respond} or {@link #resume} is called. */
  public Responder(
      Store store,
      IncidentDesk desk,
      StoredContainment containment,
      ContainmentSettings settings,
      List<PlaybookSettings> playbooks,
      StepActions actions,
      InstantSource clock,
      Metrics metrics) {
    this.jdbi = store.jdbi();
    this.desk = desk;
    this.outbox = containment.outbox();
    this.playbooks = List.copyOf(playbooks);
    this.runner = new StepRunner(desk, new AutomaticContainment(containment, settings), actions);
    this.clock = clock;
    this.meters = metrics.registry();
    this.workers =
        new Workers(
            MAX_INCIDENTS,
            limit -> jdbi.withHandle(handle -> RunRows.waiting(handle, limit)),
            this::runWaitingSteps);
  }

  /**
   * Answers a signal of an incident: when this returns, its containment order is in force, or the
   * timeline says why not. Idempotent in the signal's id.
   */
  public void respond(Incident incident, Signal signal) {
    if (jdbi.withHandle(handle -> RunRows.isAnswered(handle, signal.id()))) {
      return;
    }
    Optional<PlaybookSettings> playbook = playbookFor(signal);
    if (playbook.isEmpty()) {
      jdbi.useTransaction(handle -> {
        note(handle, incident, "No playbook is for " + signal.detector() + ": needs a person");
        RunRows.answered(handle, signal.id(), incident.id(), clock.instant());
      });
      outbox.drain();
      return;
    }
    // First the order, then the bookkeeping: every commit before it is time given to the attacker.
    // The order itself is durable and idempotent, so a crash in between is made good by resume.
    List<Contained> contained = contain(incident, signal, playbook.get());
    // Read before the transaction: one that waits for a second connection would starve the pool.
    Set<String> asked = commandsAsked(incident, contained);
    jdbi.useTransaction(
        handle -> record(handle, incident, signal, playbook.get(), contained, asked));
    outbox.drain();
    workers.pump();
  }

  /**
   * Goes on with all that was not finished: signals that nobody answered, steps not done, and
   * failed steps that have attempts left. To be called once at the start and then every minute or
   * so.
   */
  public void resume() {
    outbox.drain();
    for (Incident incident : desk.list()) {
      if (!incident.state().isOver()) {
        answerAll(incident);
      }
    }
    jdbi.useHandle(handle -> RunRows.retry(handle, MAX_ATTEMPTS));
    workers.pump();
  }

  /** How far the incident's playbooks are, in order. */
  public List<StepProgress> progress(String incident) {
    return jdbi.withHandle(handle -> RunRows.progress(handle, incident));
  }

  /**
   * Waits until nothing of the incident's playbooks is to be done.
   *
   * @return false when the time ran out
   */
  public boolean awaitIdle(String incident, Duration timeout) throws InterruptedException {
    return workers.awaitIdle(
        incident,
        () -> jdbi.withHandle(handle -> RunRows.next(handle, incident)).isEmpty(),
        timeout);
  }

  /**
   * Begins no more steps and waits for the running ones; what is not done is done after a start.
   */
  @Override
  public void close() {
    workers.close();
  }

  private record Contained(int index, StepRunner.Ending ending, boolean isNew, String command) {}

  private List<Contained> contain(Incident incident, Signal signal, PlaybookSettings playbook) {
    long began = System.nanoTime();
    var all = new ArrayList<Contained>();
    for (int index = 0; index < playbook.steps().size(); index++) {
      if (playbook.steps().get(index) instanceof Step.Contain step) {
        all.add(contain(incident, signal, step, index));
      }
    }
    meters.timer("portcullis.respond.contain").record(Duration.ofNanos(System.nanoTime() - began));
    return all;
  }

  private Contained contain(Incident incident, Signal signal, Step.Contain step, int index) {
    try {
      return switch (runner.contain(incident, signal, step)) {
        case AutomaticContainment.Result.Contained(String text, boolean isNew) ->
            new Contained(index, StepRunner.Ending.done(text), isNew, "");
        case AutomaticContainment.Result.NeedsPerson(String text, String command) ->
            new Contained(index, StepRunner.Ending.givenUp(text), false, command);
      };
    } catch (RuntimeException e) {
      LOG.error("{} could not be contained; it is attempted again", incident.id(), e);
      return new Contained(
          index,
          StepRunner.Ending.failed(
              "failed: " + e.getClass().getSimpleName() + ": " + e.getMessage()),
          false,
          "");
    }
  }

  private void record(
      Handle handle,
      Incident incident,
      Signal signal,
      PlaybookSettings playbook,
      List<Contained> contained,
      Set<String> asked) {
    Instant now = clock.instant();
    OptionalLong before = RunRows.find(handle, incident.id(), playbook.name());
    long run =
        before.isPresent()
            ? before.getAsLong()
            : RunRows.begin(handle, incident.id(), playbook, now);
    for (Contained one : contained) {
      boolean known = before.isPresent() && one.ending().state() == StepState.DONE && !one.isNew();
      if (!known) {
        int attempts = one.ending().retry() ? 1 : MAX_ATTEMPTS;
        RunRows.record(
            handle,
            run,
            one.index(),
            one.ending().state(),
            one.ending().state() == StepState.DONE ? 1 : attempts,
            one.ending().text(),
            now);
        count("contain", one.ending().state());
      }
      if (one.ending().state() == StepState.FAILED && !asked.contains(one.command())) {
        outbox.add(handle, incident.id(), now, TimelineEntry.MACHINE, "order", one.ending().text());
      }
    }
    if (before.isPresent()) {
      RunRows.again(handle, incident.id(), SUPERSEDED);
    }
    RunRows.answered(handle, signal.id(), incident.id(), now);
  }

  /** One question to people is enough, however many signals raise it. */
  private Set<String> commandsAsked(Incident incident, List<Contained> contained) {
    List<String> commands =
        contained.stream().map(Contained::command).filter(text -> !text.isEmpty()).toList();
    if (commands.isEmpty()) {
      return Set.of();
    }
    return desk.timeline(incident.id()).stream()
        .map(TimelineEntry::text)
        .filter(text -> text.startsWith("needs a person"))
        .flatMap(text -> commands.stream().filter(text::contains))
        .collect(Collectors.toSet());
  }

  private void answerAll(Incident incident) {
    Set<String> answered = jdbi.withHandle(handle -> RunRows.answered(handle, incident.id()));
    for (Signal signal : desk.signals(incident.id())) {
      if (!answered.contains(signal.id())) {
        respond(incident, signal);
      }
    }
  }

  /** On a worker's thread, one per incident. */
  private void runWaitingSteps(String incident) {
    while (!workers.isClosed()) {
      Optional<RunRows.Place> next = jdbi.withHandle(handle -> RunRows.next(handle, incident));
      if (next.isEmpty()) {
        return;
      }
      runStep(next.get());
    }
  }

  private void runStep(RunRows.Place place) {
    StepProgress progress = place.progress();
    Incident incident = desk.find(progress.incident()).orElseThrow();
    Optional<PlaybookSettings> playbook =
        playbooks.stream().filter(known -> known.name().equals(progress.playbook())).findFirst();
    Optional<Step> step =
        playbook
            .filter(known -> progress.index() < known.steps().size())
            .map(known -> known.steps().get(progress.index()))
            .filter(known -> known.name().equals(progress.step()));
    if (incident.state().isOver()) {
      finish(place, giveUp("left out: the incident is " + incident.state().word()));
    } else if (step.isEmpty()) {
      finish(
          place,
          giveUp(
              "left out: step %d of playbook %s is no longer '%s' in the configuration"
                  .formatted(progress.index() + 1, progress.playbook(), progress.step())));
    } else if (progress.attempts() >= MAX_ATTEMPTS) {
      finish(place, giveUp("broke off " + progress.attempts() + " times: needs a person"));
    } else {
      jdbi.useHandle(handle -> RunRows.attempt(handle, place, clock.instant()));
      finish(place, runner.run(incident, playbook.orElseThrow(), step.get()));
    }
  }

  private static StepRunner.Ending giveUp(String text) {
    return StepRunner.Ending.givenUp(text);
  }

  private void finish(RunRows.Place place, StepRunner.Ending ending) {
    StepProgress progress = place.progress();
    Instant now = clock.instant();
    boolean done = ending.state() == StepState.DONE;
    int attempts = done || ending.retry() ? progress.attempts() + 1 : MAX_ATTEMPTS;
    jdbi.useTransaction(handle -> {
      RunRows.record(
          handle, place.run(), progress.index(), ending.state(), attempts, ending.text(), now);
      outbox.add(
          handle,
          progress.incident(),
          now,
          TimelineEntry.MACHINE,
          kind(progress.step()),
          done ? ending.text() : progress.step() + " not done: " + ending.text());
    });
    count(progress.step(), ending.state());
    outbox.drain();
  }

  private void note(Handle handle, Incident incident, String text) {
    outbox.add(handle, incident.id(), clock.instant(), TimelineEntry.MACHINE, "note", text);
  }

  private void count(String step, StepState state) {
    meters
        .counter(
            "portcullis.respond.steps",
            "step",
            step,
            "outcome",
            state.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  private Optional<PlaybookSettings> playbookFor(Signal signal) {
    return playbooks.stream().filter(known -> known.on().contains(signal.detector())).findFirst();
  }

  /** The timeline's word for what a step tells. */
  private static String kind(String step) {
    return switch (step) {
      case "contain" -> "order";
      case "scope" -> "scope";
      case "obligations" -> "clock";
      case "notify" -> "notice";
      case "restore" -> "restore";
      default -> "note";
    };
  }
}
