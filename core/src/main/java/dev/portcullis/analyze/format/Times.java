package dev.portcullis.analyze.format;

/** Points in time as logs write them, in microseconds since 1970; {@link #NONE} if it is none. */
final class Times {
  static final long NONE = LoggedRequest.UNKNOWN;
  private static final long MICROS = 1_000_000L;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private Times() {}

  /** {@code 10/Oct/2000:13:55:36 -0700}; a fraction may follow the seconds, no zone means UTC. */
  static long common(byte[] text, int from, int to) {
    int start = to - from >= 2 && text[from + 1] == '/' ? from - 1 : from;
    if (to - start < 20 || text[start + 2] != '/' || text[start + 6] != '/') {
      return NONE;
    }
    int day = start == from ? two(text, start) : text[from] - '0';
    int month = month(text, start + 3);
    long year = Bytes.number(text, start + 7, start + 11);
    long second = clock(text, start + 12);
    if (day < 1 || month < 1 || year < 0 || second < 0) {
      return NONE;
    }
    long whole = (days(year, month, day) * 86_400 + second) * MICROS;
    return zoned(text, start + 20, to, whole);
  }

  /** {@code 2000-10-10T13:55:36.123Z}, also with a blank in the middle and without a zone (UTC). */
  static long iso(byte[] text, int from, int to) {
    if (to - from < 19 || text[from + 4] != '-' || text[from + 7] != '-') {
      return NONE;
    }
    byte between = text[from + 10];
    long year = Bytes.number(text, from, from + 4);
    int month = two(text, from + 5);
    int day = two(text, from + 8);
    long second = clock(text, from + 11);
    if ((between != 'T' && between != ' ' && between != 't')
        || year < 0
        || month < 1
        || month > 12
        || day < 1
        || second < 0) {
      return NONE;
    }
    return zoned(text, from + 19, to, (days(year, month, day) * 86_400 + second) * MICROS);
  }

  /** Since 1970, in seconds (perhaps with a fraction), or milli-, micro- or nanoseconds. */
  static long epoch(byte[] text, int from, int to) {
    int dot = Bytes.indexOf(text, (byte) '.', from, to);
    long whole = Bytes.number(text, from, dot < 0 ? to : dot);
    if (whole < 100_000_000L && to - from < 19) {
      return NONE;
    }
    if (to - from == 19 && dot < 0) { // nanoseconds of our century: one digit more than a number
      long high = Bytes.number(text, from, to - 3);
      return high < 0 ? NONE : high;
    }
    if (whole < 100_000_000_000L) {
      return whole * MICROS + (dot < 0 ? 0 : fraction(text, dot + 1, to));
    }
    if (whole < 100_000_000_000_000L) {
      return whole * 1_000 + (dot < 0 ? 0 : fraction(text, dot + 1, to) / 1_000);
    }
    return whole < 100_000_000_000_000_000L ? whole : whole / 1_000;
  }

  /** Any of the above. */
  static long any(byte[] text, int from, int to) {
    if (to - from < 9) {
      return NONE;
    }
    if (text[from] == '[') {
      return any(text, from + 1, text[to - 1] == ']' ? to - 1 : to);
    }
    if (text[from + 4] == '-') {
      return iso(text, from, to);
    }
    return text[from + 2] == '/' || text[from + 1] == '/'
        ? common(text, from, to)
        : epoch(text, from, to);
  }

  private static long zoned(byte[] text, int from, int to, long whole) {
    long micros = whole;
    int at = from;
    if (at < to && (text[at] == '.' || text[at] == ',')) {
      int end = at + 1;
      while (end < to && Bytes.isDigit(text[end])) {
        end++;
      }
      micros += fraction(text, at + 1, end);
      at = end;
    }
    while (at < to && text[at] == ' ') {
      at++;
    }
    if (at >= to || text[at] == 'Z' || text[at] == 'z') {
      return micros;
    }
    int sign = text[at] == '-' ? -1 : text[at] == '+' ? 1 : 0;
    if (sign == 0 || to - at < 5) {
      return sign == 0 && Bytes.startsWith(text, at, to, "UTC") ? micros : NONE;
    }
    int minutesAt = text[at + 3] == ':' ? at + 4 : at + 3;
    int hours = two(text, at + 1);
    int minutes = minutesAt + 2 <= to ? two(text, minutesAt) : -1;
    return hours < 0 || minutes < 0 ? NONE : micros - sign * (hours * 60L + minutes) * 60 * MICROS;
  }

  private static long fraction(byte[] text, int from, int to) {
    long micros = 0;
    for (int i = 0; i < 6; i++) {
      micros = 10 * micros + (from + i < to ? text[from + i] - '0' : 0);
    }
    return micros;
  }

  /** Second of the day of {@code 13:55:36}; -1 if it is none. */
  private static long clock(byte[] text, int at) {
    int hour = two(text, at);
    int minute = two(text, at + 3);
    int second = two(text, at + 6);
    boolean fine = text[at + 2] == ':' && text[at + 5] == ':' && hour < 24 && minute < 60;
    return fine && hour >= 0 && minute >= 0 && second >= 0 && second <= 60
        ? hour * 3_600L + minute * 60L + second
        : -1;
  }

  private static int two(byte[] text, int at) {
    int high = text[at] - '0';
    int low = text[at + 1] - '0';
    return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? 10 * high + low : -1;
  }

  private static int month(byte[] text, int at) {
    for (int i = 0; i < 36; i += 3) {
      if (text[at] == MONTHS.charAt(i)
          && text[at + 1] == MONTHS.charAt(i + 1)
          && text[at + 2] == MONTHS.charAt(i + 2)) {
        return i / 3 + 1;
      }
    }
    return -1;
  }

  /** Days since 1970 in the Gregorian calendar. */
  private static long days(long year, int month, int day) {
    long shifted = month <= 2 ? year - 1 : year; // so that the leap day ends a year
    long era = shifted / 400;
    long ofEra = shifted - era * 400;
    long ofYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
  }
}
