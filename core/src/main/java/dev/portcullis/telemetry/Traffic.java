package dev.portcullis.telemetry;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What went through the gate in the last minutes, second by second, for people to look at.
 * Thread-safe.
 */
public final class Traffic {
  /** Seconds kept. */
  public static final int SECONDS = 300;

  /**
   * One second.
   *
   * @param epochSecond which
   * @param served exchanges that reached the upstream
   * @param refused exchanges that a control refused
   * @param failed exchanges that broke
   * @param subjects data subjects in the answers, counted per exchange
   */
  public record Second(long epochSecond, int served, int refused, int failed, int subjects) {
    private Second plus(Kind kind, int more) {
      return new Second(
          epochSecond,
          served + (kind == Kind.SERVED ? 1 : 0),
          refused + (kind == Kind.REFUSED ? 1 : 0),
          failed + (kind == Kind.FAILED ? 1 : 0),
          subjects + more);
    }
  }

  /** What became of an exchange. */
  public enum Kind {
    SERVED,
    REFUSED,
    FAILED
  }

  private final Deque<Second> seconds = new ArrayDeque<>();
  private long served;
  private long refused;
  private long failed;

  /**
   * Counts one exchange. Times may come slightly out of order: a late one counts into the newest
   * second.
   */
  public synchronized void count(Instant at, Kind kind, int subjects) {
    switch (kind) {
      case SERVED -> served++;
      case REFUSED -> refused++;
      case FAILED -> failed++;
    }
    Second last = seconds.peekLast();
    long second =
        last == null ? at.getEpochSecond() : Math.max(at.getEpochSecond(), last.epochSecond());
    if (last == null || last.epochSecond() < second) {
      seconds.addLast(new Second(second, 0, 0, 0, 0));
      if (seconds.size() > SECONDS) {
        seconds.removeFirst();
      }
    }
    seconds.addLast(seconds.removeLast().plus(kind, subjects));
  }

  /** The seconds up to now, oldest first, quiet ones filled in with zeros. */
  public synchronized List<Second> upTo(Instant now, int count) {
    var found = new ArrayList<Second>(count);
    long from = now.getEpochSecond() - count + 1;
    var known = seconds.iterator();
    Second next = known.hasNext() ? known.next() : null;
    for (long second = from; second < from + count; second++) {
      while (next != null && next.epochSecond() < second) {
        next = known.hasNext() ? known.next() : null;
      }
      found.add(
          next != null && next.epochSecond() == second ? next : new Second(second, 0, 0, 0, 0));
    }
    return found;
  }

  /** All exchanges since the start. */
  public synchronized Totals totals() {
    return new Totals(served, refused, failed);
  }

  /** Sums since the start. */
  public record Totals(long served, long refused, long failed) {}
}
