package dev.portcullis.obligation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a computed clock does at a moment. Pure. */
final class ClockState {
  private ClockState() {}

  /** The clock as it stands then. */
  static Clock at(Clock computed, Optional<Instant> submitted, Instant now) {
    return new Clock(
        computed.incident(),
        computed.rule(),
        computed.title(),
        computed.source(),
        computed.recipient(),
        state(computed, submitted, now),
        computed.anchorFact(),
        computed.anchorAt(),
        computed.due(),
        computed.why(),
        computed.arithmetic(),
        computed.verified());
  }

  private static Clock.State state(Clock clock, Optional<Instant> submitted, Instant now) {
    if (submitted.isPresent()) {
      return clock.due().filter(due -> submitted.get().isAfter(due)).isPresent()
          ? Clock.State.LATE_SUBMITTED
          : Clock.State.SUBMITTED;
    }
    if (clock.state() != Clock.State.RUNNING || clock.due().isEmpty()) {
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
      case RUNNING, DUE_SOON, OVERDUE -> true;
      case NOT_APPLICABLE, ANCHOR_MISSING, SUBMITTED, LATE_SUBMITTED -> false;
    };
  }
}
