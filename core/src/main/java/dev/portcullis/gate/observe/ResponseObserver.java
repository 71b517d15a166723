package dev.portcullis.gate.observe;

import dev.portcullis.journal.Observation;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * Reads one response's body while it streams, for data subjects and data classes. Owned by one
 * event loop.
 */
public interface ResponseObserver {
  /** The next part of the body. Never throws for what it holds. */
  void bytes(ByteBuffer part);

  /** The body has ended or broken off. */
  Observed end(boolean whole);

  /**
   * What was found.
   *
   * @param subjects in clear: to be pseudonymised before anything else happens to them
   * @param dataClasses present
   */
  record Observed(Set<String> subjects, Set<String> dataClasses, Observation observation) {}
}
