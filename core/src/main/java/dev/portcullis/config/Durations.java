package dev.portcullis.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as written in the file: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 72h}. */
final class Durations {
  private static final String EXPECTED = "a number and a unit (ms, s, m, h, d), such as 30s, 5m, 72h";
  private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s?(ms|s|m|h|d)");

  private Durations() {}

  /** A duration within bounds, both included. */
  static Text<Duration> between(Duration least, Duration most) {
    return new Text<>(
        EXPECTED,
        text -> {
          Duration duration = parse(text);
          if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw new Mistake(
                "is out of range", "between " + format(least) + " and " + format(most));
          }
          return duration;
        },
        Durations::format);
  }

  static Duration parse(String text) throws Mistake {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new Mistake(
          text.matches("\\d+") ? "has no unit, so it is not a duration" : "is not a duration");
    }
    long number = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** In the largest unit that loses nothing; whole milliseconds are assumed. */
  static String format(Duration duration) {
    if (duration.toMillisPart() != 0 || duration.isZero()) {
      return duration.toMillis() + "ms";
    }
    if (duration.toSecondsPart() != 0) {
      return duration.toSeconds() + "s";
    }
    if (duration.toMinutesPart() != 0) {
      return duration.toMinutes() + "m";
    }
    return duration.toHoursPart() != 0 ? duration.toHours() + "h" : duration.toDays() + "d";
  }
}
