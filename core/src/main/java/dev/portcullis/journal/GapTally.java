package dev.portcullis.journal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Losses not yet recorded, one gap a reason. Thread-safe. */
final class GapTally {
  /** As many as there are reasons: a handful of constants. */
  private final Map<String, Gap> open = new LinkedHashMap<>();

  private volatile boolean empty = true;

  void lost(String reason, Instant at) {
    add(new Gap(1, at, at, reason));
  }

  synchronized void add(Gap gap) {
    open.merge(gap.reason(), gap, Gap::and);
    empty = false;
  }

  boolean isEmpty() {
    return empty;
  }

  /** Takes them to be recorded; whoever fails to record them gives them back. */
  synchronized List<Gap> take() {
    var taken = List.copyOf(open.values());
    open.clear();
    empty = true;
    return taken;
  }
}
