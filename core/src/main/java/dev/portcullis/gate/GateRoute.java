package dev.portcullis.gate;

import dev.portcullis.config.RecordingSettings;
import dev.portcullis.config.RouteSettings;
import dev.portcullis.gate.observe.ObservationPlan;
import dev.portcullis.gate.propose.RouteSamples;
import dev.portcullis.journal.Journal;
import java.util.Optional;

/**
 * A route, made ready for the request path.
 *
 * @param upstream index of its pool in a {@link Lane}
 * @param observation absent when nothing personal is expected
 * @param samples of its responses, where nothing is configured to be looked for
 */
record GateRoute(
    RouteSettings settings,
    int upstream,
    Optional<ObservationPlan> observation,
    Optional<RouteSamples> samples,
    GateMeters.OfRoute meters) {

  Journal.Durability durability() {
    return holdsWhole() ? Journal.Durability.SYNCED : Journal.Durability.WRITTEN;
  }

  boolean holdsWhole() {
    return settings.recording().release() == RecordingSettings.Release.BEFORE_RESPONSE;
  }

  boolean refusesUnrecorded() {
    return settings.recording().whenFull() == RecordingSettings.WhenFull.REFUSE;
  }

  /** Whether the response's body is read, and so must come in one piece. */
  boolean readsBody(String method) {
    return observation.isPresent() && observation.get().reads(method);
  }
}
