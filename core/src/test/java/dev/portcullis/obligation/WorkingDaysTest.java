package dev.portcullis.obligation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingDaysTest {
  @ParameterizedTest
  @CsvSource({
    "us-federal, 2026-10-12", // Columbus Day
    "us-federal, 2026-07-03", // Independence Day, a Saturday
    "us-federal, 2027-12-31", // New Year's Day of the next year, a Saturday
    "us-federal, 2027-06-18", // Juneteenth, a Saturday
    "br-national, 2026-11-20",
    "DE, 2027-03-29",
    "weekends, 2027-03-28",
  })
  void thatDayIsNoWorkingDay(String calendar, LocalDate day) {
    assertThat(WorkingDays.of(calendar, true).isWorkingDay(day)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "us-federal, 2027-03-26", // Good Friday
    "br-national, 2027-02-09", // Carnival, optional
    "DE, 2026-11-18", // a holiday of one land only
    "weekends, 2026-12-25",
  })
  void thatDayIsAWorkingDayForAStrictReader(String calendar, LocalDate day) {
    assertThat(WorkingDays.of(calendar, true).isWorkingDay(day)).isTrue();
  }

  @Test
  void anOptionalDayOffMayCountForALenientReader() {
    assertThat(WorkingDays.of("br-national", false).isWorkingDay(LocalDate.of(2027, 2, 9)))
        .isFalse();
  }

  @Test
  void aCalendarThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> WorkingDays.of("mars", true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mars (expected: weekends, us-federal");
  }
}
