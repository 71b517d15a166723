package dev.portcullis.respond;

import dev.portcullis.config.PlaybookSettings;
import dev.portcullis.incident.Incident;

/**
 * What a playbook step does. Implementations MUST be idempotent per incident and step: after a
 * crash a step that had not been recorded as done is run again.
 */
@FunctionalInterface
public interface StepAction<S extends PlaybookSettings.Step> {
  /**
   * Does it.
   *
   * @return one sentence for the timeline
   * @throws StepFailedException when it could not be done; the playbook goes on with its next step
   */
  String run(Incident incident, S step) throws StepFailedException;

  /** A step could not be done; the message says why and what a person can do. */
  final class StepFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the message for people. */
    public StepFailedException(String message) {
      super(message);
    }
  }
}
