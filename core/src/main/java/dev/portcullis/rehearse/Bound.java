package dev.portcullis.rehearse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/**
 * By when a breach must be noticed; any one of those given is enough.
 *
 * @param requests hostile ones that were answered
 * @param subjects reached
 * @param within time from the first hostile request
 * @param accounts that the attacker acted as
 */
public record Bound(
    Optional<Long> requests,
    Optional<Long> subjects,
    Optional<Duration> within,
    Optional<Long> accounts) {

  /** No bound. */
  public static final Bound NONE =
      new Bound(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** How far the attack had come. */
  record Reached(long requests, long subjects, Duration within, long accounts) {}

  boolean holds(Reached reached) {
    return equals(NONE)
        || requests.filter(most -> reached.requests() <= most).isPresent()
        || subjects.filter(most -> reached.subjects() <= most).isPresent()
        || within.filter(most -> reached.within().compareTo(most) <= 0).isPresent()
        || accounts.filter(most -> reached.accounts() <= most).isPresent();
  }

  /** For people, such as {@code 20 subjects}. */
  @Override
  public String toString() {
    var parts = new ArrayList<String>();
    requests.ifPresent(most -> parts.add(most + (most == 1 ? " request" : " requests")));
    subjects.ifPresent(most -> parts.add(most + " subjects"));
    within.ifPresent(most -> parts.add(Fields.show(most)));
    accounts.ifPresent(most -> parts.add(most + " accounts"));
    return parts.isEmpty() ? "none" : String.join(" or ", parts);
  }
}
