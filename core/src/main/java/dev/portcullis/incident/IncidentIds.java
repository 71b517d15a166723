package dev.portcullis.incident;

import com.google.re2j.Pattern;
import java.util.OptionalLong;

/** {@code INC-12} for people, 12 in the store. */
final class IncidentIds {
  private static final Pattern FORM = Pattern.compile("INC-([1-9][0-9]{0,17})");

  private IncidentIds() {}

  static String format(long number) {
    return "INC-" + number;
  }

  /** Empty when it is no incident's id. */
  static OptionalLong parse(String id) {
    var matcher = FORM.matcher(id);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
