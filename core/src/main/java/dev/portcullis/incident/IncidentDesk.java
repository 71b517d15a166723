package dev.portcullis.incident;

import dev.portcullis.detect.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Opens, correlates and leads incidents. All methods may be called from any thread and may block.
 */
public interface IncidentDesk {
  /**
   * Takes a signal: into the incident it belongs to (same credential, account, source or route, not
   * yet closed), or a new one. Idempotent in the signal's id.
   */
  Acceptance accept(Signal signal);

  /**
   * What became of a signal.
   *
   * @param opened whether it opened the incident
   * @param added false when the signal had been accepted before
   */
  record Acceptance(Incident incident, boolean opened, boolean added) {}

  /** All incidents, newest first. */
  List<Incident> list();

  /** One of them. */
  Optional<Incident> find(String id);

  /** Its signals, oldest first. */
  List<Signal> signals(String id);

  /** Its timeline, oldest first. */
  List<TimelineEntry> timeline(String id);

  /** Adds to the timeline. */
  void record(String id, Instant at, String author, String kind, String text);

  /**
   * Moves it on and records why.
   *
   * @throws IllegalArgumentException when there is no such incident or the lifecycle does not allow
   *     it
   */
  Incident transition(String id, IncidentState to, String author, String reason);

  /**
   * A person closes it from wherever it stands; what is skipped by that is written into the
   * timeline.
   *
   * @param author the person; never {@link TimelineEntry#MACHINE}
   * @param reason required
   * @throws IllegalArgumentException when there is no such incident, it is closed already, the
   *     reason is empty or the author is the machine
   */
  Incident close(String id, String author, String reason);
}
