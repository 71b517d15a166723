package dev.portcullis.gate.wire;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The deadlines of one event loop's connections. Moving a deadline is one write to a field, so that
 * no request pays for a timer; one sweep per tick looks at all of them. A deadline is therefore
 * noticed up to a tick late.
 */
public final class Deadlines {
  private final List<Timed> timed = new ArrayList<>();

  /** Starts sweeping that event loop's connections. */
  public Deadlines(EventExecutor loop, Duration tick) {
    long nanos = tick.toNanos();
    var _ = loop.scheduleWithFixedDelay(this::sweep, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** An eighth of the shortest timeout, between 5 ms and 1 s. */
  public static Duration tickFor(Duration shortestTimeout) {
    long millis = shortestTimeout.toMillis() / 8;
    return Duration.ofMillis(Math.clamp(millis, 5, 1_000));
  }

  /** Something with a deadline. Only to be touched in its event loop. */
  public abstract static class Timed {
    private long deadline = Long.MAX_VALUE;
    private int slot = -1;

    /** From now on that long. */
    public final void within(long nanos) {
      deadline = System.nanoTime() + nanos;
      if (deadline == Long.MAX_VALUE) {
        deadline--;
      }
    }

    /** No deadline. */
    public final void whenever() {
      deadline = Long.MAX_VALUE;
    }

    /** The deadline has passed; there is none now. */
    protected abstract void expired();
  }

  /** Looks after it. */
  public void add(Timed what) {
    what.slot = timed.size();
    timed.add(what);
  }

  /** Looks after it no longer. */
  public void remove(Timed what) {
    if (what.slot < 0) {
      return;
    }
    Timed last = timed.removeLast();
    if (last.slot != what.slot) {
      timed.set(what.slot, last);
      last.slot = what.slot;
    }
    what.slot = -1;
  }

  private void sweep() {
    long now = System.nanoTime();
    for (int i = timed.size() - 1; i >= 0; i--) {
      // An expired one may remove itself and others: the last ones move down, none is missed for
      // longer than a tick.
      if (i < timed.size()) {
        Timed each = timed.get(i);
        if (each.deadline != Long.MAX_VALUE && each.deadline - now <= 0) {
          each.whenever();
          each.expired();
        }
      }
    }
  }
}
