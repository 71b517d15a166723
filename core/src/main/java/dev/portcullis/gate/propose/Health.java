package dev.portcullis.gate.propose;

import java.util.regex.Pattern;

/** What ails people. */
final class Health {
  private static final Pattern ICD10 = Pattern.compile("[A-Z][0-9][0-9A-B](?:\\.?[0-9A-Z]{1,4})?");

  private Health() {}

  /** A letter, two characters, and at most four more after a dot, as in E11.9 or S52.521A. */
  static boolean isIcd10(String value) {
    return value.length() <= 8 && ICD10.matcher(value).matches();
  }
}
