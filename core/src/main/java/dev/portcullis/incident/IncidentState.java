package dev.portcullis.incident;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The lifecycle after NIST SP 800-61r3: detect, respond, recover, and learn. The machine and people
 * move along the same edges ({@link #next}); only a person may close an incident before its end,
 * with a reason ({@link IncidentDesk#close}).
 */
public enum IncidentState {
  /** A detector raised it; nobody has judged it yet. */
  DETECTED,
  /** A person took it up and believes it. */
  TRIAGED,
  /** A false alarm. */
  DISMISSED,
  /** The attacker can't go on. */
  CONTAINED,
  /** What let the attacker in is gone. */
  ERADICATED,
  /** What was harmed is restored. */
  RECOVERED,
  /** The post-mortem was held. */
  REVIEWED,
  /** Done. */
  CLOSED;

  private static final List<IncidentState> MAIN_LINE =
      List.of(DETECTED, TRIAGED, CONTAINED, ERADICATED, RECOVERED, REVIEWED, CLOSED);

  /** Where a transition may lead from here. */
  public Set<IncidentState> next() {
    return switch (this) {
      case DETECTED -> Set.of(TRIAGED, CONTAINED, DISMISSED);
      case TRIAGED -> Set.of(CONTAINED, DISMISSED);
      case CONTAINED -> Set.of(ERADICATED, RECOVERED);
      case ERADICATED -> Set.of(RECOVERED);
      case RECOVERED -> Set.of(REVIEWED);
      case REVIEWED -> Set.of(CLOSED);
      case DISMISSED, CLOSED -> Set.of(DETECTED);
    };
  }

  /** Whether no more signals join it and no more steps are taken: dismissed or closed. */
  public boolean isOver() {
    return this == DISMISSED || this == CLOSED;
  }

  /** What closing it right now would leave out, in order. */
  List<IncidentState> skippedByClosing() {
    int place = MAIN_LINE.indexOf(this);
    return place < 0 || this == CLOSED
        ? List.of()
        : MAIN_LINE.subList(place + 1, MAIN_LINE.size() - 1);
  }

  /** In lower case, as people and the timeline spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
