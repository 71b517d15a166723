package dev.portcullis.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as written in the file: {@code 512B}, {@code 64KiB}, {@code 1MiB}. */
final class Sizes {
  private static final String EXPECTED =
      "a number of bytes, or a number and a unit (B, KiB, MiB, GiB), such as 64KiB, 1MiB";
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s?(B|KiB|MiB|GiB|TiB)?");
  private static final Pattern DECIMAL = Pattern.compile("(\\d{1,15})\\s?([kKmMgGtT])[bB]?");

  private Sizes() {}

  /** A size within bounds, both included. */
  static Text<Long> between(long least, long most) {
    return new Text<>(
        EXPECTED,
        text -> {
          long size = parse(text);
          if (size < least || size > most) {
            throw new Mistake(
                "is out of range", "between " + format(least) + " and " + format(most));
          }
          return size;
        },
        Sizes::format);
  }

  /** A size within bounds that fits an {@code int}. */
  static Text<Integer> intBetween(int least, int most) {
    Text<Long> size = between(least, most);
    return new Text<>(
        EXPECTED, text -> Math.toIntExact(size.parse(text)), value -> format(value.longValue()));
  }

  static long parse(String text) throws Mistake {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      int power = form.group(2) == null ? 0 : UNITS.indexOf(form.group(2));
      long number = Long.parseLong(form.group(1));
      if (number > Long.MAX_VALUE >> (10 * power)) {
        throw new Mistake("is out of range", "less than 8 EiB");
      }
      return number << (10 * power);
    }
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      String unit = decimal.group(2).toUpperCase(java.util.Locale.ROOT) + "iB";
      throw new Mistake(
          "has an ambiguous unit", "powers of 1024: " + decimal.group(1) + unit);
    }
    throw new Mistake("is not a size");
  }

  /** In the largest unit that loses nothing. */
  static String format(long size) {
    int power = 0;
    long number = size;
    while (number != 0 && number % 1024 == 0 && power < UNITS.size() - 1) {
      number /= 1024;
      power++;
    }
    return number + UNITS.get(power);
  }
}
