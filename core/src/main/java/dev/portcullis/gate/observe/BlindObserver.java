package dev.portcullis.gate.observe;

import dev.portcullis.journal.Observation;
import java.nio.ByteBuffer;
import java.util.Set;

/** Sees only how much there was. */
final class BlindObserver implements BodyObserver {
  private final Observation ofSomething;
  private long bytes;

  /**
   * @param ofSomething what is to be said if there was a body
   */
  BlindObserver(Observation ofSomething) {
    this.ofSomething = ofSomething;
  }

  @Override
  public void bytes(ByteBuffer part) {
    bytes += part.remaining();
  }

  @Override
  public Observed end(boolean whole) {
    boolean something = bytes > 0 || !whole;
    return new Observed(
        Set.of(),
        Set.of(),
        something ? ofSomething : Observation.COMPLETE,
        0,
        ofSomething == Observation.UNREADABLE ? bytes : 0);
  }
}
