package dev.portcullis.analyze;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, sizes and times for people. */
final class Words {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Words() {}

  /** A log names objects, and only its reader knows whether they are people. */
  static String objects(String summary) {
    return summary.replace("data subjects", "objects").replace(" for 0 accounts", "");
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String counted(long value, String one, String many) {
    return number(value) + " " + (value == 1 ? one : many);
  }

  static String size(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1_000 && unit < units.length - 1) {
      value /= 1_000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }

  static String time(Instant instant) {
    return MINUTE.format(instant) + " UTC";
  }

  static String length(Duration length) {
    if (length.toDays() >= 2) {
      return length.toDays() + " days";
    }
    if (length.toHours() >= 2) {
      return length.toHours() + " h";
    }
    return length.toMinutes() >= 2 ? length.toMinutes() + " min" : length.toSeconds() + " s";
  }
}
