package dev.portcullis.obligation;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** How much time a rule gives, and how it is counted. Never a bare duration. */
sealed interface Limit {
  /**
   * Added to the instant: weekends, holidays and changes of the clock make no difference.
   *
   * @param eu1182 whether to name what Regulation (EEC, Euratom) No 1182/71 Art. 3(1) would give at
   *     the latest; never used as the deadline
   */
  record Elapsed(Duration time, boolean eu1182) implements Limit {}

  /**
   * Ends with the last day. Laws rarely say whose day: a fact's own zone decides, and where it has
   * none the earliest to end among the zones.
   *
   * @param eventDayCounts whether the day of the event is day 1; else it is day 0
   */
  record CalendarDays(int days, List<ZoneId> zones, boolean eventDayCounts) implements Limit {}

  /**
   * Days on which the recipient works, the first of them after the day of the event.
   *
   * @param calendar of holidays, see {@link WorkingDays}
   * @param zone of the recipient
   * @param cutOff time of the last day after which a filing counts as the next day's
   */
  record BusinessDays(int days, String calendar, ZoneId zone, Optional<LocalTime> cutOff)
      implements Limit {}

  /** Ends with the day of the same number, or the month's last day where there is none. */
  record Months(int months, List<ZoneId> zones) implements Limit {}

  /** Days after the end of the calendar year of the event (45 CFR 164.408(c)). */
  record AfterYearEnd(int days, List<ZoneId> zones) implements Limit {}

  /** Such as "without undue delay": no number is invented. */
  record NoFixedLimit() implements Limit {}

  /**
   * Several facts, the earliest end counts.
   *
   * @param competing whether each fact alone starts the clock and which does is disputed; else all
   *     are needed and the law itself says that the earlier end counts
   * @param exception when only one of the parts counts
   */
  record EarlierOf(List<Part> parts, boolean competing, Optional<Exception> exception)
      implements Limit {}

  /** One of the ends. */
  record Part(String anchor, Limit limit) {}

  /** Only {@code only} counts when it was more than {@code time} after {@code after}. */
  record Exception(String only, String after, Duration time) {}

  /** In few words, for lists. */
  default String words() {
    return switch (this) {
      case Elapsed elapsed -> hours(elapsed.time());
      case CalendarDays days ->
          days.days()
              + " calendar days"
              + (days.eventDayCounts() ? ", the day of the event is the first" : "");
      case BusinessDays days -> days.days() + " business days (" + days.calendar() + ")";
      case Months months -> months.months() == 1 ? "1 month" : months.months() + " months";
      case AfterYearEnd days -> days.days() + " calendar days after the end of the year";
      case NoFixedLimit _ -> "no fixed limit";
      case EarlierOf earlier ->
          earlier.parts().stream()
              .map(part -> part.limit().words() + " after " + part.anchor())
              .reduce("earlier of: ", (all, part) -> all + (all.endsWith(": ") ? "" : "; ") + part);
    };
  }

  /** Whole hours as laws write them. */
  static String hours(Duration time) {
    return time.toMinutesPart() == 0 && time.toSecondsPart() == 0
        ? time.toHours() + " h"
        : time.toMinutes() + " min";
  }
}
