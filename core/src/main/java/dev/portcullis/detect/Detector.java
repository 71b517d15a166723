package dev.portcullis.detect;

import dev.portcullis.journal.JournalEntry;
import java.util.List;
import java.util.Optional;

/**
 * A keyed, pure, replayable fold from exchanges to signals. Implementations MUST NOT do I/O, read a
 * clock, or keep state outside {@code S}: time comes from the exchange, so that a replay gives the
 * same signals.
 *
 * @param <S> immutable or owned state of one key
 */
public interface Detector<S> {
  /** Name in configuration, signals and metrics, in kebab case. */
  String name();

  /** Whose state this entry belongs to; empty: it is of no interest. */
  Optional<String> key(JournalEntry entry);

  /** The state of a key that was never seen. */
  S initial();

  /** What the entry makes of the state. */
  Step<S> fold(S state, JournalEntry entry);

  /**
   * A fold's result.
   *
   * @param state the next state; may be the same object
   * @param signals mostly empty
   */
  record Step<S>(S state, List<Signal> signals) {
    /** Nothing to say. */
    public static <S> Step<S> quiet(S state) {
      return new Step<>(state, List.of());
    }
  }
}
