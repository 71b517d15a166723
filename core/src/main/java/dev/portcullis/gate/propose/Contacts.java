package dev.portcullis.gate.propose;

import java.util.regex.Pattern;

/** How to reach people. */
final class Contacts {
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._%+'&=/-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}");
  private static final Pattern GROUPED = Pattern.compile("\\+?[0-9][0-9 ()./-]{5,24}");

  private Contacts() {}

  static boolean isEmail(String value) {
    return value.length() <= 320 && EMAIL.matcher(value).matches();
  }

  /** ITU-T E.164: a plus sign, a country code that begins with 1 to 9, at most 15 digits. */
  static boolean isInternationalPhone(String value) {
    return value.startsWith("+") && value.length() > 1 && value.charAt(1) != '0' && isPhone(value);
  }

  static boolean isLocalPhone(String value) {
    return isPhone(value);
  }

  private static boolean isPhone(String value) {
    if (!GROUPED.matcher(value).matches()) {
      return false;
    }
    long digits = value.chars().filter(c -> c >= '0' && c <= '9').count();
    return digits >= 7 && digits <= 15;
  }
}
