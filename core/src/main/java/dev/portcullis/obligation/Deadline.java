package dev.portcullis.obligation;

import java.time.Instant;
import java.util.Optional;

/**
 * When a duty must be fulfilled.
 *
 * @param due the earliest defensible reading, to plan with; empty without a fixed limit
 * @param latest the latest reading, where it is another; for information
 */
record Deadline(Optional<Instant> due, Optional<Instant> latest) {
  static final Deadline NONE = new Deadline(Optional.empty(), Optional.empty());

  static Deadline of(Instant due) {
    return new Deadline(Optional.of(due), Optional.empty());
  }

  /** With one more reading: it moves the latest, never the one to plan with. */
  Deadline or(Instant other) {
    Instant most = latest.or(() -> due).filter(known -> known.isAfter(other)).orElse(other);
    return new Deadline(due, due.filter(most::isAfter).map(_ -> most));
  }
}
