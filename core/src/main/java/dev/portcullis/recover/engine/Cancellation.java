package dev.portcullis.recover.engine;

import java.util.ArrayList;
import java.util.List;

/** The wish that something long should stop; once there, it stays. Thread-safe. */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /** An action that can be taken back. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Asks for the stop. */
  public void cancel() {
    List<Runnable> due;
    synchronized (this) {
      cancelled = true;
      due = List.copyOf(actions);
    }
    due.forEach(Runnable::run);
  }

  /** Whether it was asked for. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Runs the action when the stop is asked for; at once if it was already. */
  public Registration onCancel(Runnable action) {
    boolean now;
    synchronized (this) {
      now = cancelled;
      if (!now) {
        actions.add(action);
      }
    }
    if (now) {
      action.run();
    }
    return () -> {
      synchronized (this) {
        actions.remove(action);
      }
    };
  }
}
