package dev.portcullis.obligation;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

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
   * The day of the event is day 0; ends with the last day. Laws rarely say whose day: the earliest
   * to end among the zones counts.
   */
  record CalendarDays(int days, List<ZoneId> zones) implements Limit {}

  /** Such as "without undue delay": no number is invented. */
  record NoFixedLimit() implements Limit {}
}
