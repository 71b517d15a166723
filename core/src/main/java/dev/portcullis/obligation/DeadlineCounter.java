package dev.portcullis.obligation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Counts a limit from a fact, and writes down each step. Pure but for what it writes. */
final class DeadlineCounter {
  private final List<String> arithmetic;

  /**
   * Writes there.
   *
   * @param arithmetic mutable
   */
  DeadlineCounter(List<String> arithmetic) {
    this.arithmetic = arithmetic;
  }

  /**
   * The deadline of a limit that counts from one fact.
   *
   * @throws IllegalArgumentException for one that counts from several, see {@link ClockCalculator}
   */
  Deadline count(Limit limit, Fact anchor) {
    return switch (limit) {
      case Limit.Elapsed elapsed -> elapsed(elapsed, anchor.at());
      case Limit.CalendarDays days -> days(days, anchor);
      case Limit.BusinessDays days -> businessDays(days, anchor);
      case Limit.Months months -> months(months, anchor);
      case Limit.AfterYearEnd days -> afterYearEnd(days, anchor);
      case Limit.NoFixedLimit _ -> {
        arithmetic.add("no fixed limit: no deadline is invented");
        yield Deadline.NONE;
      }
      case Limit.EarlierOf _ ->
          throw new IllegalArgumentException("limit: earlier-of (expected: one with one anchor)");
    };
  }

  private Deadline elapsed(Limit.Elapsed limit, Instant at) {
    Instant due = at.plus(limit.time());
    String time = Limit.hours(limit.time());
    arithmetic.add(
        "counted as elapsed time on the instant: weekends, holidays and clock changes do not matter");
    arithmetic.add("%s + %s = %s".formatted(at, time, due));
    if (!limit.eu1182()) {
      return Deadline.of(due);
    }
    Instant hour = at.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
    Instant latest = hour.plus(limit.time());
    arithmetic.add(
        ("note, not used: latest under Regulation (EEC, Euratom) No 1182/71 Art. 3(1),"
                + " the hour of the event not counted: %s + %s = %s")
            .formatted(hour, time, latest));
    return Deadline.of(due).or(latest);
  }

  private Deadline days(Limit.CalendarDays limit, Fact anchor) {
    int days = limit.eventDayCounts() ? limit.days() - 1 : limit.days();
    arithmetic.add(
        "counted in calendar days: the day of the event is day %d; ends with the end of the last day"
            .formatted(limit.eventDayCounts() ? 1 : 0));
    return earliest(anchor, limit.zones(), first -> first.plusDays(days), "+ " + days + " days");
  }

  private Deadline months(Limit.Months limit, Fact anchor) {
    arithmetic.add(
        "counted in months: ends with the day of the same number, or the month's last day where"
            + " there is none");
    String words = "+ " + limit.words();
    return earliest(anchor, limit.zones(), first -> first.plusMonths(limit.months()), words);
  }

  private Deadline afterYearEnd(Limit.AfterYearEnd limit, Fact anchor) {
    arithmetic.add("counted in calendar days from the end of the calendar year of the event");
    return earliest(
        anchor,
        limit.zones(),
        first -> LocalDate.of(first.getYear(), 12, 31).plusDays(limit.days()),
        "-> 31 December + " + limit.days() + " days");
  }

  private Deadline earliest(
      Fact anchor, List<ZoneId> ofRule, Function<LocalDate, LocalDate> count, String words) {
    Optional<Instant> earliest = Optional.empty();
    List<ZoneId> zones = anchor.zones(ofRule);
    for (ZoneId zone : zones) {
      LocalDate first = LocalDate.ofInstant(anchor.at(), zone);
      LocalDate last = count.apply(first);
      Instant end = endOf(last, zone);
      arithmetic.add(
          "in %s: %s %s = %s, which ends at %s".formatted(zone, first, words, last, end));
      earliest = earliest.filter(known -> !end.isBefore(known)).or(() -> Optional.of(end));
    }
    Instant due = earliest.orElseThrow();
    if (zones.size() > 1) {
      arithmetic.add("whose day it is, is not written: the earliest end counts, " + due);
    }
    return Deadline.of(due);
  }

  /** From the next day's start: a zone may skip the last second of a day. */
  static Instant endOf(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
  }

  private Deadline businessDays(Limit.BusinessDays limit, Fact anchor) {
    // The fact's place and the recipient's may disagree about the day: the earlier one is safe.
    LocalDate there = LocalDate.ofInstant(anchor.at(), limit.zone());
    LocalDate day =
        anchor
            .zone()
            .map(zone -> LocalDate.ofInstant(anchor.at(), zone))
            .filter(there::isAfter)
            .orElse(there);
    arithmetic.add(
        "counted in working days of the calendar %s: the first is the one after %s, a %s"
            .formatted(limit.calendar(), day, weekday(day)));
    LocalDate strict = WorkingDays.of(limit.calendar(), true).after(day, limit.days());
    LocalDate lenient = WorkingDays.of(limit.calendar(), false).after(day, limit.days());
    Instant due = end(limit, strict);
    arithmetic.add(
        "working day %d is %s, a %s; it ends%s in %s, at %s"
            .formatted(
                limit.days(),
                strict,
                weekday(strict),
                limit.cutOff().map(time -> " with the cut-off at " + time).orElse(""),
                limit.zone(),
                due));
    if (lenient.isAfter(strict)) {
      arithmetic.add("note, not used: with the optional days off counted as holidays, " + lenient);
    }
    return Deadline.of(due).or(end(limit, lenient));
  }

  private static Instant end(Limit.BusinessDays limit, LocalDate day) {
    return limit
        .cutOff()
        .map(time -> day.atTime(time).atZone(limit.zone()).toInstant())
        .orElseGet(() -> endOf(day, limit.zone()));
  }

  private static String weekday(LocalDate day) {
    String name = day.getDayOfWeek().name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** What a last day that is no working day gives at the latest. */
  Deadline roll(Roll roll, Deadline deadline, Fact anchor, Circumstances known) {
    if (deadline.due().isEmpty()) {
      return deadline;
    }
    Optional<String> excluded = roll.notFor().stream().filter(known.entities()::contains).findAny();
    if (excluded.isPresent()) {
      arithmetic.add("no relief for weekends and holidays: you are a " + excluded.get());
      return deadline;
    }
    boolean own = roll.calendar().equals(Roll.MEMBER_STATE);
    String calendar = own ? known.calendar().orElse("weekends") : roll.calendar();
    ZoneId zone = anchor.zone().orElse(roll.zone());
    LocalDate last = LocalDate.ofInstant(deadline.due().get(), zone);
    LocalDate next = WorkingDays.of(calendar, false).after(last, 0);
    if (next.equals(last)) {
      return deadline;
    }
    Instant latest = roll.noon() ? next.atTime(12, 0).atZone(zone).toInstant() : endOf(next, zone);
    arithmetic.add(
        "note, not used: %s is no working day (calendar %s); under %s until %s of %s, %s"
            .formatted(
                last, calendar, roll.source(), roll.noon() ? "noon" : "the end", next, latest));
    if (own && known.calendar().isEmpty()) {
      arithmetic.add("public holidays are not known: name the Member State's calendar");
    }
    return deadline.or(latest);
  }
}
