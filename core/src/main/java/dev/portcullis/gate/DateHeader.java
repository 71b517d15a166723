package dev.portcullis.gate;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Now, for the Date header (RFC 9110 §6.6.1): made once a second, not once a response. */
final class DateHeader {
  private final InstantSource clock;
  private volatile Second known = Second.of(0);

  DateHeader(InstantSource clock) {
    this.clock = clock;
  }

  String now() {
    long second = clock.instant().getEpochSecond();
    Second is = known;
    if (is.second != second) {
      is = Second.of(second);
      known = is;
    }
    return is.text;
  }

  /** A second and its text; whoever finds it outdated makes the next. */
  private record Second(long second, String text) {
    static Second of(long second) {
      return new Second(
          second,
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
    }
  }
}
