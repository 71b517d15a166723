package dev.portcullis.gate.observe;

import dev.portcullis.journal.Observation;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What was found in a body.
 *
 * @param subjects in clear: to be pseudonymised before anything else happens to them
 * @param dataClasses present
 * @param observation how much was read
 * @param records values that named a subject, repetitions counted
 * @param unobserved bytes, as they were transferred, that were not read
 */
public record Observed(
    Set<String> subjects,
    Set<String> dataClasses,
    Observation observation,
    long records,
    long unobserved)
    implements Findings {
  /** There was no body, or none in which anything was expected. */
  public static final Observed NOTHING =
      new Observed(Set.of(), Set.of(), Observation.NOT_EXPECTED, 0, 0);

  /** Besides, the path names that subject. */
  public Observed naming(String subject) {
    if (subjects.contains(subject)) {
      return this;
    }
    var more = new LinkedHashSet<>(subjects);
    more.add(subject);
    return new Observed(more, dataClasses, observation, records + 1, unobserved);
  }

  /** The same, but for how much was read. */
  public Observed as(Observation other) {
    return new Observed(subjects, dataClasses, other, records, unobserved);
  }

  @Override
  public void whenKnown(Consumer<Observed> then) {
    then.accept(this);
  }

  @Override
  public Observed known() {
    return this;
  }

  @Override
  public Observed map(UnaryOperator<Observed> change) {
    return change.apply(this);
  }

  @Override
  public String toString() {
    return "Observed[%d subjects, %s, %s]".formatted(subjects.size(), dataClasses, observation);
  }
}
