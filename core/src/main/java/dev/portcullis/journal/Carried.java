package dev.portcullis.journal;

import java.util.List;
import java.util.Set;

/**
 * What the body of a request or of a response carried. Of a response: what went out. Of a request:
 * what was written.
 *
 * @param dataClasses present
 * @param subjects whose data it is, without repetition
 * @param records that named a subject, repetitions counted
 * @param observation how much of the body was read for subjects
 * @param unobserved bytes of the body that were not read for them
 */
public record Carried(
    Set<String> dataClasses,
    List<Pseudonym> subjects,
    long records,
    Observation observation,
    long unobserved) {
  /** No body, or one in which nothing personal was expected. */
  public static final Carried NOTHING = of(Set.of(), List.of(), Observation.NOT_EXPECTED);

  /** A body read in full, or as the observation says, with one record a subject. */
  public static Carried of(
      Set<String> dataClasses, List<Pseudonym> subjects, Observation observation) {
    return new Carried(dataClasses, subjects, subjects.size(), observation, 0);
  }
}
