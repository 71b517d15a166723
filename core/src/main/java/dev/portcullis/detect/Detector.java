package dev.portcullis.detect;

import dev.portcullis.journal.JournalEntry;
import java.util.List;
import java.util.Optional;

/**
 * A keyed, pure, replayable fold from exchanges to signals. Implementations MUST NOT do I/O, read a
 * clock, or keep state outside {@code S} and {@code C}: time comes from the exchange, so that a
 * replay gives the same signals. The two states are owned by the fold and may be changed in place.
 *
 * @param <S> state of one key, such as a credential
 * @param <C> state of the cohort that the key is compared with, such as all who use a route
 */
public interface Detector<S, C> {
  /** Name in configuration, signals and metrics, in kebab case. */
  String name();

  /** Whose state this entry belongs to; empty: it is of no interest. */
  Optional<String> key(JournalEntry entry);

  /** Which cohort this entry belongs to. */
  String cohort(JournalEntry entry);

  /** The state of a key that was never seen, or was forgotten. */
  S initial();

  /** The state of a cohort that was never seen, or was forgotten. */
  C initialCohort();

  /** What the entry makes of the states, and what there is to say; mostly nothing. */
  List<Signal> fold(S state, C cohort, JournalEntry entry);

  /** How many items a state holds: what is bounded for all keys together. */
  int weight(S state);
}
