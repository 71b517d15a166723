package dev.portcullis.gate.propose;

import java.util.regex.Pattern;

/** Where money is. */
final class Accounts {
  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
  private static final Pattern GROUPED =
      Pattern.compile("[0-9]{13,19}|[0-9]{4}([ -][0-9]{2,7}){2,4}");

  private Accounts() {}

  /** ISO 13616: country, two check digits, at most 30 more; the first four moved to the end. */
  static boolean isIban(String value) {
    if (value.length() > 42) {
      return false;
    }
    String text = value.replace(" ", "");
    return IBAN.matcher(text).matches()
        && Digits.modulo97(text.substring(4) + text.substring(0, 4)) == 1;
  }

  /** ISO/IEC 7812: a range that is given to an issuer of cards, its lengths, the Luhn digit. */
  static boolean isCard(String value) {
    if (value.length() > 24 || !GROUPED.matcher(value).matches()) {
      return false;
    }
    String digits = value.replace(" ", "").replace("-", "");
    return isIssued(digits, digits.length()) && Digits.isLuhn(digits);
  }

  private static boolean isIssued(String digits, int length) {
    int two = Integer.parseInt(digits.substring(0, 2));
    int three = Integer.parseInt(digits.substring(0, 3));
    int four = Integer.parseInt(digits.substring(0, 4));
    if (digits.startsWith("4")) {
      return length == 13 || length == 16 || length == 19;
    }
    if (two == 34 || two == 37) {
      return length == 15;
    }
    if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
      return length == 16;
    }
    if (two == 36 || two == 38 || two == 39 || (three >= 300 && three <= 305)) {
      return length >= 14 && length <= 19;
    }
    boolean longRange =
        two == 62
            || two == 65
            || four == 6011
            || (three >= 644 && three <= 649)
            || (four >= 3528 && four <= 3589);
    return longRange && length >= 16 && length <= 19;
  }
}
