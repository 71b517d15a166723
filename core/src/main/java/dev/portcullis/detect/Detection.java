package dev.portcullis.detect;

import dev.portcullis.config.DetectorSettings;
import dev.portcullis.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * The configured detectors and their states. Fed with the journal's entries in order, it gives the
 * same signals for the same entries, at the first reading and at every replay.
 *
 * <p>Not thread-safe: one thread feeds it. Bounded: each detector keeps the states of {@link
 * DetectorSettings#states} keys, and of these no more than {@value #ITEMS_PER_STATE} items each on
 * average; the least recently used are forgotten. Recency is strict (and not a cache's estimate),
 * because forgetting must be replayable as well. A forgotten key starts anew: it may be noticed
 * later than it would have been, never earlier than one that was never seen.
 */
public final class Detection {
  /** Items (subjects, sightings) held per state on average; one busy state may hold more. */
  static final int ITEMS_PER_STATE = 32;

  private final List<Running<?, ?>> detectors = new ArrayList<>();

  /** With the enabled ones of the detectors, knowing nothing yet. */
  public Detection(DetectorSettings settings) {
    if (settings.objectEnumeration().enabled()) {
      add(new ObjectEnumeration(settings.objectEnumeration()), settings);
    }
    if (settings.credentialStuffing().enabled()) {
      add(new CredentialStuffing(settings.credentialStuffing()), settings);
    }
    if (settings.injection().enabled()) {
      add(new InjectionAttempts(settings.injection()), settings);
    }
    if (settings.bulkExfiltration().enabled()) {
      add(new BulkExfiltration(settings.bulkExfiltration()), settings);
    }
    if (settings.anonymousWalk().enabled()) {
      add(new AnonymousWalk(settings.anonymousWalk()), settings);
    }
    if (settings.credentialTheft().enabled()) {
      add(new CredentialTheft(settings.credentialTheft()), settings);
    }
    if (settings.distributedStuffing().enabled()) {
      add(new DistributedStuffing(settings.distributedStuffing()), settings);
    }
    if (settings.credentialTheftRing().enabled()) {
      add(
          new CredentialTheftRing(
              settings.credentialTheftRing(), settings.credentialTheft().established()),
          settings);
    }
    if (settings.dormantFunction().enabled()) {
      add(new DormantFunction(settings.dormantFunction()), settings);
    }
    if (settings.foreignObject().enabled()) {
      add(new ForeignObject(settings.foreignObject()), settings);
    }
    if (settings.authenticationBypass().enabled()) {
      add(new AuthenticationBypass(settings.authenticationBypass()), settings);
    }
  }

  private <S, C> void add(Detector<S, C> detector, DetectorSettings settings) {
    detectors.add(new Running<>(detector, settings.states()));
  }

  /** What the detectors say about the next entry; mostly nothing. */
  public List<Signal> accept(JournalEntry entry) {
    List<Signal> signals = List.of();
    for (Running<?, ?> detector : detectors) {
      List<Signal> said = detector.accept(entry);
      if (!said.isEmpty()) {
        signals = new ArrayList<>(signals);
        signals.addAll(said);
      }
    }
    return List.copyOf(signals);
  }

  /** How many keys all detectors together hold a state for. */
  public int states() {
    return detectors.stream().mapToInt(running -> running.states.size()).sum();
  }

  private static final class Running<S, C> {
    private final Detector<S, C> detector;
    private final BoundedStates<S> states;
    private final BoundedStates<C> cohorts;

    Running(Detector<S, C> detector, int keys) {
      this.detector = detector;
      states = new BoundedStates<>(keys, (long) keys * ITEMS_PER_STATE);
      cohorts = new BoundedStates<>(keys, keys);
    }

    List<Signal> accept(JournalEntry entry) {
      String key = detector.key(entry).orElse("");
      if (key.isEmpty()) {
        return List.of();
      }
      String group = detector.cohort(entry);
      S state = states.get(key).orElseGet(detector::initial);
      C cohort = cohorts.get(group).orElseGet(detector::initialCohort);
      List<Signal> signals = detector.fold(state, cohort, entry);
      states.put(key, state, detector.weight(state));
      cohorts.put(group, cohort, 1);
      return signals;
    }
  }
}
