package dev.portcullis.recover;

import dev.portcullis.recover.engine.Cancellation;
import dev.portcullis.recover.engine.Progress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One backup or restore while it runs: how far it is, and whether it should stop. */
final class Task implements Progress.Listener {
  private final Cancellation cancellation = new Cancellation();
  private final AtomicReference<Optional<Progress>> progress =
      new AtomicReference<>(Optional.empty());

  @Override
  public void moved(Progress now) {
    progress.set(Optional.of(now));
  }

  /** Says what is being done where no bytes can be counted. */
  void phase(String words) {
    moved(new Progress(words, 0, 0, 0, -1));
  }

  Optional<Progress> progress() {
    return progress.get();
  }

  Cancellation cancellation() {
    return cancellation;
  }

  void requireGoingOn() {
    if (cancellation.isCancelled()) {
      throw new RecoveryException("Cancelled");
    }
  }
}
