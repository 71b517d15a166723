package dev.portcullis.analyze;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Requests over time, in steps of a minute that double when there are too many. Bounded; not
 * thread-safe.
 */
final class Timeline {
  /** Steps held at most. */
  static final int STEPS = 20_000;

  private TreeMap<Long, long[]> steps = new TreeMap<>();
  private long minutes = 1;
  private long lastStep = Long.MIN_VALUE;
  private long[] lastCounts = new long[3];

  /** What is counted, as places in a step. */
  static final int REQUESTS = 0;

  static final int ERRORS = 1;
  static final int HOSTILE = 2;

  void add(long atMicros, int what, long count) {
    long step = Math.floorDiv(atMicros, 60_000_000L * minutes);
    if (step != lastStep) {
      lastCounts = steps.computeIfAbsent(step, unseen -> new long[3]);
      lastStep = step;
      if (steps.size() > STEPS) {
        coarsen();
        add(atMicros, what, count);
        return;
      }
    }
    lastCounts[what] += count;
  }

  private void coarsen() {
    var coarse = new TreeMap<Long, long[]>();
    steps.forEach((step, counts) -> merge(coarse, Math.floorDiv(step, 2), counts));
    steps = coarse;
    minutes *= 2;
    lastStep = Long.MIN_VALUE;
  }

  private static void merge(TreeMap<Long, long[]> into, long step, long[] counts) {
    long[] sum = into.computeIfAbsent(step, unseen -> new long[3]);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += counts[i];
    }
  }

  /** All that another one counted. */
  void add(Timeline other) {
    while (minutes < other.minutes) {
      coarsen();
    }
    other.steps.forEach((step, counts) -> {
      for (int what = 0; what < counts.length; what++) {
        add(step * other.minutes * 60_000_000L, what, counts[what]);
      }
    });
  }

  /** At most that many points, evenly spaced, quiet ones too. */
  List<Report.Point> points(int most) {
    var points = new ArrayList<Report.Point>();
    if (steps.isEmpty()) {
      return points;
    }
    long first = steps.firstKey();
    long per = Math.max(1, Math.ceilDiv(steps.lastKey() - first + 1, (long) most));
    long count = Math.ceilDiv(steps.lastKey() - first + 1, per);
    for (long i = 0; i < count; i++) {
      long[] sum = new long[3];
      steps
          .subMap(first + i * per, first + (i + 1) * per)
          .values()
          .forEach(counts -> {
            for (int what = 0; what < sum.length; what++) {
              sum[what] += counts[what];
            }
          });
      points.add(
          new Report.Point(
              java.time.Instant.ofEpochSecond((first + i * per) * minutes * 60),
              sum[REQUESTS],
              sum[ERRORS],
              sum[HOSTILE]));
    }
    return points;
  }
}
