package dev.portcullis.gate.observe;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which part of a document a 206 response carries (RFC 9110 §14.4). */
enum ContentRange {
  /** All of it. */
  ALL,
  /** Its beginning. */
  BEGINNING,
  /** What can't be read without what comes before it. */
  ELSEWHERE;

  private static final Pattern FIELD =
      Pattern.compile("(?i)bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  static ContentRange of(int status, Optional<String> contentRange) {
    if (status != 206) {
      return ALL;
    }
    var field = FIELD.matcher(contentRange.orElse(""));
    if (!field.matches() || Long.parseLong(field.group(1)) != 0) {
      return ELSEWHERE;
    }
    boolean all =
        !field.group(3).equals("*")
            && Long.parseLong(field.group(2)) + 1 == Long.parseLong(field.group(3));
    return all ? ALL : BEGINNING;
  }
}
