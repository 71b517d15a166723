package dev.portcullis.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON paths in the dialect that can be followed while a response streams by: {@code $.a.b}, {@code
 * $.items[*].id}, {@code $[*].x}, {@code $.a[0].b}. A small part of RFC 9535, chosen so that a path
 * is found in one pass and in constant memory.
 */
final class JsonPaths {
  /** Steps after the {@code $}. */
  static final int MAX_STEPS = 32;

  static final Text<String> PATH =
      Text.of(
          "a JSON path of names, [*] and [number], such as $.email or $.items[*].patient_id",
          JsonPaths::parse);

  private static final int MAX_LENGTH = 500;
  private static final Pattern STEP =
      Pattern.compile("\\.[\\p{L}\\p{N}_$@:-]+|\\[\\*]|\\[\\d{1,6}]");

  private JsonPaths() {}

  private static String parse(String text) throws Mistake {
    if (!text.startsWith("$")) {
      String bare = text.startsWith(".") ? text : "." + text;
      throw new Mistake(
          "does not begin with $", text.matches("[\\w.]{1,80}") ? "$" + bare : "$.name");
    }
    if (text.length() > MAX_LENGTH) {
      throw new Mistake("is too long", "at most " + MAX_LENGTH + " characters");
    }
    Matcher step = STEP.matcher(text);
    int end = 1;
    int steps = 0;
    while (end < text.length()) {
      if (!step.region(end, text.length()).lookingAt()) {
        throw unsupported(text.substring(end), end);
      }
      end = step.end();
      steps++;
    }
    if (steps == 0) {
      throw new Mistake("names the whole response", "the place in it, such as $.email");
    }
    if (steps > MAX_STEPS) {
      throw new Mistake("has " + steps + " steps", "at most " + MAX_STEPS);
    }
    return text;
  }

  private static Mistake unsupported(String rest, int at) {
    String where = " (from character " + (at + 1) + ")";
    if (rest.startsWith("..")) {
      return new Mistake("has a .., which is not supported" + where, "each step by name");
    }
    if (rest.startsWith("[?") || rest.startsWith("[(")) {
      return new Mistake("has a filter, which is not supported" + where, "[*] for every entry");
    }
    if (rest.startsWith(".*")) {
      return new Mistake("has a .*, which is not supported" + where, "the name, or [*] in a list");
    }
    if (rest.startsWith("['") || rest.startsWith("[\"")) {
      return new Mistake("has a name in brackets" + where, "the name after a dot: .name");
    }
    return new Mistake("is not a JSON path" + where);
  }
}
