package dev.portcullis.obligation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a computed clock does at a moment. Pure. */
final class ClockState {
  private ClockState() {}

  /** The clock as it stands then. */
  static Clock at(Clock computed, Optional<Instant> submitted, Instant now) {
    return with(computed, state(computed, submitted, now));
  }

  /** The same in another state. */
  static Clock with(Clock clock, Clock.State state) {
    return new Clock(
        clock.incident(),
        clock.rule(),
        clock.title(),
        clock.source(),
        clock.recipient(),
        state,
        clock.anchorFact(),
        clock.anchorAt(),
        clock.due(),
        clock.latest(),
        clock.heldUntil(),
        clock.why(),
        clock.arithmetic(),
        clock.verified());
  }

  private static Clock.State state(Clock clock, Optional<Instant> submitted, Instant now) {
    if (submitted.isPresent()) {
      return clock.due().filter(due -> submitted.get().isAfter(due)).isPresent()
          ? Clock.State.LATE_SUBMITTED
          : Clock.State.SUBMITTED;
    }
    if (clock.state() != Clock.State.RUNNING) {
      return clock.state();
    }
    if (clock.heldUntil().filter(now::isBefore).isPresent()) {
      return Clock.State.TOLLED;
    }
    if (clock.due().isEmpty()) {
      return clock.state();
    }
    Instant due = clock.due().get();
    if (now.isAfter(due)) {
      return Clock.State.OVERDUE;
    }
    Duration whole = Duration.between(clock.anchorAt().orElse(due), due);
    boolean lastQuarter = Duration.between(now, due).compareTo(whole.dividedBy(4)) <= 0;
    return lastQuarter ? Clock.State.DUE_SOON : Clock.State.RUNNING;
  }

  /** Whether somebody still has to do something. */
  static boolean isOpen(Clock clock) {
    return switch (clock.state()) {
      case RUNNING, DUE_SOON, OVERDUE, TOLLED -> true;
      case NOT_APPLICABLE,
          ANCHOR_MISSING,
          NOT_STARTED,
          SUBMITTED,
          ACKNOWLEDGED,
          LATE_SUBMITTED,
          WAIVED ->
          false;
    };
  }
}
