package dev.portcullis.gate.propose;

import java.util.regex.Pattern;

/** Numbers that states give to people, each with the check that its issuer publishes. */
final class NationalIds {
  private static final Pattern SSN =
      Pattern.compile("(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}");
  private static final Pattern DNI = Pattern.compile("[0-9XYZ][0-9]{7}-?[A-Z]");
  private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final Pattern NIR =
      Pattern.compile("[1-478][0-9]{2}[0-9]{2}(?:[0-9]{2}|2[AB])[0-9]{6}[0-9]{2}");

  private NationalIds() {}

  /** Area, group and serial number as the Social Security Administration assigns them. */
  static boolean isUsSsn(String value) {
    return value.length() == 11 && SSN.matcher(value).matches();
  }

  /** Weights 10 to 2; 11 less the remainder is the check digit, 11 counts as 0, 10 is not given. */
  static boolean isNhsNumber(String value) {
    String digits = value.replace(" ", "").replace("-", "");
    if (!Digits.areDigits(digits, 10)) {
      return false;
    }
    int check = 11 - Digits.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (check == 11 ? 0 : check) == Digits.at(digits, 9);
  }

  /** Among the first ten digits exactly one stands twice or thrice; the eleventh checks them. */
  static boolean isGermanTaxId(String value) {
    String digits = value.replace(" ", "");
    if (!Digits.areDigits(digits, 11) || digits.startsWith("0")) {
      return false;
    }
    int repeated = 0;
    for (char digit = '0'; digit <= '9'; digit++) {
      char counted = digit;
      long count = digits.substring(0, 10).chars().filter(c -> c == counted).count();
      if (count > 3) {
        return false;
      }
      repeated += count > 1 ? 1 : 0;
    }
    return repeated == 1 && Digits.isModulo1110(digits);
  }

  /** The key is 97 less the number modulo 97; Corsica's 2A and 2B count as 19 and 18. */
  static boolean isFrenchNir(String value) {
    String text = value.replace(" ", "");
    if (text.length() != 15 || !NIR.matcher(text).matches()) {
      return false;
    }
    int month = Integer.parseInt(text.substring(3, 5));
    boolean born = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
    long number = Long.parseLong(text.substring(0, 13).replace("2A", "19").replace("2B", "18"));
    return born && 97 - number % 97 == Integer.parseInt(text.substring(13));
  }

  /** Weights 9 to 2 and -1: a multiple of eleven. */
  static boolean isBsn(String value) {
    return Digits.areDigits(value, 9)
        && !value.equals("000000000")
        && Digits.weighted(value, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
  }

  /** The letter is the number's remainder by 23; of foreigners X, Y, Z stand for 0, 1, 2. */
  static boolean isSpanishDni(String value) {
    if (value.length() > 10 || !DNI.matcher(value).matches()) {
      return false;
    }
    int first = "XYZ".indexOf(value.charAt(0));
    String number = (first < 0 ? value.charAt(0) : (char) ('0' + first)) + value.substring(1, 8);
    return DNI_LETTERS.charAt(Integer.parseInt(number) % 23) == value.charAt(value.length() - 1);
  }

  /** A birth date whose month tells the century, then weights 1, 3, 7, 9. */
  static boolean isPolishPesel(String value) {
    if (!Digits.areDigits(value, 11)) {
      return false;
    }
    int month = Integer.parseInt(value.substring(2, 4)) % 20;
    int day = Integer.parseInt(value.substring(4, 6));
    int sum = Digits.weighted(value, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3);
    return month >= 1
        && month <= 12
        && day >= 1
        && day <= 31
        && (10 - sum % 10) % 10 == Digits.at(value, 10);
  }

  /** Twelve digits, the first from 2 to 9, the last by Verhoeff. */
  static boolean isAadhaar(String value) {
    String digits = value.replace(" ", "");
    return Digits.areDigits(digits, 12) && digits.charAt(0) >= '2' && Digits.isVerhoeff(digits);
  }
}
