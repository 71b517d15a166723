package dev.portcullis.respond;

import dev.portcullis.config.PlaybookSettings;
import dev.portcullis.config.PlaybookSettings.Step;
import dev.portcullis.detect.Signal;
import dev.portcullis.incident.Incident;
import dev.portcullis.incident.IncidentDesk;
import dev.portcullis.incident.IncidentState;
import dev.portcullis.incident.TimelineEntry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one step and moves the incident on where that step settles something. */
final class StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  /** Characters of a failure's message that are kept. */
  private static final int MAX_MESSAGE = 1_000;

  private final IncidentDesk desk;
  private final AutomaticContainment automatic;
  private final StepActions actions;

  StepRunner(IncidentDesk desk, AutomaticContainment automatic, StepActions actions) {
    this.desk = desk;
    this.automatic = automatic;
    this.actions = actions;
  }

  /**
   * What came of a step.
   *
   * @param state done or failed
   * @param retry whether another attempt may do better
   * @param text for people
   */
  record Ending(StepState state, boolean retry, String text) {
    static Ending done(String text) {
      return new Ending(StepState.DONE, false, text);
    }

    static Ending failed(String text) {
      return new Ending(StepState.FAILED, true, text);
    }

    static Ending givenUp(String text) {
      return new Ending(StepState.FAILED, false, text);
    }
  }

  /** Never throws: whatever goes wrong is that step's failure. */
  Ending run(Incident incident, PlaybookSettings playbook, Step step) {
    try {
      return switch (step) {
        case Step.Contain contain -> containAll(incident, playbook, contain);
        case Step.DetermineScope scope -> Ending.done(actions.scope().run(incident, scope));
        case Step.StartClocks clocks -> Ending.done(actions.obligations().run(incident, clocks));
        case Step.Notify notify -> Ending.done(actions.notices().run(incident, notify));
        case Step.Restore restore -> {
          String text = actions.restore().run(incident, restore);
          move(incident.id(), IncidentState.RECOVERED, text);
          yield Ending.done(text);
        }
        case Step.DraftPostMortem draft -> Ending.done(actions.postMortem().run(incident, draft));
      };
    } catch (StepAction.StepFailedException e) {
      return Ending.failed(cut(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.warn("Step {} of {} failed", step.name(), incident.id(), e);
      return Ending.failed(cut(e.getClass().getSimpleName() + ": " + e.getMessage()));
    }
  }

  /** The same for one signal's order; the state moves before anything is recorded as done. */
  AutomaticContainment.Result contain(Incident incident, Signal signal, Step.Contain step) {
    AutomaticContainment.Result result = automatic.contain(incident, signal, step.verb());
    if (result instanceof AutomaticContainment.Result.Contained) {
      move(incident.id(), IncidentState.CONTAINED, result.text());
    }
    return result;
  }

  /** Another attempt: for every signal that the playbook is about. */
  private Ending containAll(Incident incident, PlaybookSettings playbook, Step.Contain step) {
    List<AutomaticContainment.Result> results =
        desk.signals(incident.id()).stream()
            .filter(signal -> playbook.on().contains(signal.detector()))
            .map(signal -> contain(incident, signal, step))
            .toList();
    for (AutomaticContainment.Result result : results) {
      if (result instanceof AutomaticContainment.Result.NeedsPerson) {
        return Ending.givenUp(result.text());
      }
    }
    return results.isEmpty()
        ? Ending.givenUp("needs a person: no signal of this playbook is left")
        : Ending.done(results.getLast().text());
  }

  /** Where the lifecycle allows it; a person may have moved it meanwhile, and then is right. */
  private void move(String incident, IncidentState to, String reason) {
    boolean allowed =
        desk.find(incident).filter(now -> now.state().next().contains(to)).isPresent();
    if (!allowed) {
      return;
    }
    try {
      desk.transition(incident, to, TimelineEntry.MACHINE, reason);
    } catch (IllegalArgumentException e) {
      LOG.info("{} was moved by somebody else meanwhile: {}", incident, e.getMessage());
    }
  }

  private static String cut(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }
}
