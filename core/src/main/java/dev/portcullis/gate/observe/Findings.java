package dev.portcullis.gate.observe;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a body carried: known at once, or a moment later where reading it would hold up others. */
public sealed interface Findings permits Observed, LateFindings {
  /** Runs when it is known; at once if it is, else on another thread. */
  void whenKnown(Consumer<Observed> then);

  /** What was found; waits for it if it is not known yet. */
  Observed known();

  /** The same with something done to it. */
  Findings map(UnaryOperator<Observed> change);
}
