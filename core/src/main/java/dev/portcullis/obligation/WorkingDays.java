package dev.portcullis.obligation;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Working days after a named holiday calendar: {@code weekends} knows no holiday, {@code
 * us-federal} is 5 U.S.C. 6103, {@code br-national} the national one of Brazil, and a country's
 * code such as {@code DE} its nationwide public holidays. Not for more than one thread.
 */
final class WorkingDays {
  private static final String WEEKENDS = "weekends";
  private static final String US_FEDERAL = "us-federal";
  private static final String BR_NATIONAL = "br-national";

  /** Optional days off, on which a strict reader works. */
  private static final Set<String> OPTIONAL_IN_BRAZIL =
      Set.of("christian.CARNIVAL", "christian.ASH_WEDNESDAY", "christian.CORPUS_CHRISTI");

  private final String name;
  private final boolean strict;
  private final Map<Integer, Set<LocalDate>> holidays = new HashMap<>();

  private WorkingDays(String name, boolean strict) {
    this.name = name;
    this.strict = strict;
  }

  /**
   * A calendar.
   *
   * @param strict whether a day counts as a holiday only where that is beyond doubt
   * @throws IllegalArgumentException if there is none of that name
   */
  static WorkingDays of(String name, boolean strict) {
    if (!isKnown(name)) {
      throw new IllegalArgumentException(
          "calendar: %s (expected: weekends, us-federal, br-national, or a country's code such as DE)"
              .formatted(name));
    }
    return new WorkingDays(name, strict);
  }

  static boolean isKnown(String name) {
    return Set.of(WEEKENDS, US_FEDERAL, BR_NATIONAL).contains(name)
        || HolidayManager.getSupportedCalendarCodes().stream().anyMatch(name::equalsIgnoreCase);
  }

  boolean isWorkingDay(LocalDate day) {
    DayOfWeek weekday = day.getDayOfWeek();
    return weekday != DayOfWeek.SATURDAY
        && weekday != DayOfWeek.SUNDAY
        && !holidays.computeIfAbsent(day.getYear(), this::year).contains(day);
  }

  /** The working day that many working days later; 0 gives the day itself or the next one. */
  LocalDate after(LocalDate day, int count) {
    LocalDate found = day;
    int left = count;
    while (left > 0 || !isWorkingDay(found)) {
      found = found.plusDays(1);
      if (left > 0 && isWorkingDay(found)) {
        left--;
      }
    }
    return found;
  }

  /** The neighbouring year too: New Year's Day on a Saturday is observed on 31 December. */
  private Set<LocalDate> year(int year) {
    var days = new HashSet<LocalDate>();
    if (name.equals(WEEKENDS)) {
      return days;
    }
    String code =
        switch (name) {
          case US_FEDERAL -> "us";
          case BR_NATIONAL -> "br";
          default -> name.toLowerCase(Locale.ROOT);
        };
    HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(code));
    for (int each = year - 1; each <= year + 1; each++) {
      manager.getHolidays(Year.of(each), HolidayType.PUBLIC_HOLIDAY).stream()
          .filter(this::counts)
          .map(Holiday::getDate)
          .forEach(days::add);
    }
    if (name.equals(US_FEDERAL)) {
      // Columbus Day, which the library leaves to the states.
      days.add(
          LocalDate.of(year, Month.OCTOBER, 1)
              .with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.MONDAY)));
    }
    return days;
  }

  private boolean counts(Holiday holiday) {
    return !(strict
        && name.equals(BR_NATIONAL)
        && OPTIONAL_IN_BRAZIL.contains(holiday.getPropertiesKey()));
  }
}
