package dev.portcullis.recover;

import java.time.Instant;
import java.util.List;

/** Which breaches a restore may still have to go back before, so that retention keeps the way. */
@FunctionalInterface
public interface Breaches {
  /** None. */
  Breaches NONE = List::of;

  /**
   * When each of them began. May block.
   *
   * @throws RuntimeException if that can't be told: then no recovery point is removed
   */
  List<Instant> beginnings();
}
