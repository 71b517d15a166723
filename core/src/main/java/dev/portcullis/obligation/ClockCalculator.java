package dev.portcullis.obligation;

import dev.portcullis.obligation.Condition.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From a rule and what is known to a clock with its arithmetic. Pure: no I/O, and no time of its
 * own; what the clock does now is {@link ClockState}'s.
 */
final class ClockCalculator {
  private ClockCalculator() {}

  /**
   * The clock, in state NOT_APPLICABLE, ANCHOR_MISSING or RUNNING.
   *
   * @param facts in force, by name
   */
  static Clock compute(String incident, Rule rule, Map<String, Fact> facts, ScopeFacts scope) {
    Optional<Fact> anchor = Optional.ofNullable(facts.get(rule.anchor()));
    Optional<String> notInForce = notInForce(rule, anchor);
    List<Verdict> verdicts =
        rule.appliesWhen().stream().map(condition -> condition.judge(scope)).toList();
    Optional<Verdict> unmet = verdicts.stream().filter(each -> !each.met()).findFirst();
    if (notInForce.isPresent() || unmet.isPresent()) {
      String reason = notInForce.or(() -> unmet.map(Verdict::words)).orElseThrow();
      return clock(
          incident,
          rule,
          Clock.State.NOT_APPLICABLE,
          anchor,
          Optional.empty(),
          "Does not apply: " + reason + ".",
          List.of());
    }
    boolean assumed = verdicts.stream().anyMatch(Verdict::assumed);
    String reasons = verdicts.stream().map(Verdict::words).collect(Collectors.joining("; "));
    if (anchor.isEmpty()) {
      return clock(
          incident,
          rule,
          Clock.State.ANCHOR_MISSING,
          anchor,
          Optional.empty(),
          "Applies because "
              + reasons
              + ", but when "
              + rule.anchor()
              + " was is not recorded: record it and the clock starts.",
          List.of());
    }
    var arithmetic = new ArrayList<String>();
    Optional<Instant> due = due(rule, anchor.get(), arithmetic);
    rule.notes().forEach(note -> arithmetic.add("note: " + note));
    return clock(
        incident,
        rule,
        Clock.State.RUNNING,
        anchor,
        due,
        (assumed ? "Applies, assumed: " : "Applies because ") + reasons + ".",
        arithmetic);
  }

  private static Clock clock(
      String incident,
      Rule rule,
      Clock.State state,
      Optional<Fact> anchor,
      Optional<Instant> due,
      String why,
      List<String> arithmetic) {
    return new Clock(
        incident,
        rule.id(),
        rule.title(),
        rule.source(),
        rule.recipient(),
        state,
        rule.anchor(),
        anchor.map(Fact::at),
        due,
        why,
        List.copyOf(arithmetic),
        rule.verified());
  }

  private static Optional<String> notInForce(Rule rule, Optional<Fact> anchor) {
    if (rule.proposed()) {
      return Optional.of("it is proposed and not law");
    }
    if (anchor.isEmpty()) {
      return Optional.empty();
    }
    LocalDate day = LocalDate.ofInstant(anchor.get().at(), ZoneOffset.UTC);
    if (rule.from().filter(day::isBefore).isPresent()) {
      return Optional.of("it is in force from " + rule.from().get() + ", after " + day);
    }
    if (rule.to().filter(to -> !day.isBefore(to)).isPresent()) {
      return Optional.of("it is no longer in force since " + rule.to().get());
    }
    return Optional.empty();
  }

  private static Optional<Instant> due(Rule rule, Fact anchor, List<String> arithmetic) {
    arithmetic.add(
        "%s was at %s, decided by %s: %s"
            .formatted(anchor.name(), anchor.at(), anchor.decidedBy(), anchor.evidence()));
    Optional<Instant> due =
        switch (rule.limit()) {
          case Limit.Elapsed elapsed -> Optional.of(elapsed(elapsed, anchor.at(), arithmetic));
          case Limit.CalendarDays days -> Optional.of(days(days, anchor.at(), arithmetic));
          case Limit.NoFixedLimit _ -> {
            arithmetic.add("no fixed limit: no deadline is invented");
            yield Optional.empty();
          }
        };
    rule.urgency()
        .ifPresent(words ->
            arithmetic.add(
                "the duty is \"%s\"%s"
                    .formatted(
                        words, due.isPresent() ? "; the limit is a ceiling, no target" : "")));
    due.ifPresent(_ ->
        arithmetic.add(
            rule.byReceipt()
                ? "met when the recipient has the notice"
                : "met when the notice is sent"));
    return due;
  }

  private static Instant elapsed(Limit.Elapsed limit, Instant at, List<String> arithmetic) {
    Instant due = at.plus(limit.time());
    String time = words(limit.time());
    arithmetic.add(
        "counted as elapsed time on the instant: weekends, holidays and clock changes do not matter");
    arithmetic.add("%s + %s = %s".formatted(at, time, due));
    if (limit.eu1182()) {
      Instant hour = at.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
      arithmetic.add(
          ("note, not used: latest under Regulation (EEC, Euratom) No 1182/71 Art. 3(1),"
                  + " the hour of the event not counted: %s + %s = %s")
              .formatted(hour, time, hour.plus(limit.time())));
    }
    return due;
  }

  private static String words(Duration time) {
    return time.toMinutesPart() == 0 && time.toSecondsPart() == 0
        ? time.toHours() + " h"
        : time.toMinutes() + " min";
  }

  private static Instant days(Limit.CalendarDays limit, Instant at, List<String> arithmetic) {
    arithmetic.add(
        "counted in calendar days: the day of the event is day 0; ends with the end of the last day");
    Optional<Instant> earliest = Optional.empty();
    for (ZoneId zone : limit.zones()) {
      LocalDate first = LocalDate.ofInstant(at, zone);
      LocalDate last = first.plusDays(limit.days());
      // From the next day's start: a zone may skip the last second of a day.
      Instant end = last.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
      arithmetic.add(
          "in %s: %s + %d days = %s, which ends at %s"
              .formatted(zone, first, limit.days(), last, end));
      earliest = earliest.filter(known -> !end.isBefore(known)).or(() -> Optional.of(end));
    }
    Instant due = earliest.orElseThrow();
    if (limit.zones().size() > 1) {
      arithmetic.add("whose day it is, is not written: the earliest end counts, " + due);
    }
    return due;
  }
}
