package dev.portcullis.config;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Path templates of routes: {@code /v1/patients/{id}}, {@code /files/**}. Strict, because what a
 * template means decides who gets in: no encoded characters, no empty and no dot segments.
 */
final class PathTemplates {
  static final Text<String> TEMPLATE =
      Text.of("a path such as /v1/patients/{id} or /files/**", PathTemplates::parse);

  private static final int MAX_LENGTH = 1_000;
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~!$&'()+,;=:@-]+");
  private static final Pattern PARAMETER = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_-]*}");

  private PathTemplates() {}

  /** The same for templates that match the same paths. */
  static String shape(String template) {
    return template.replaceAll("\\{[^}]*}", "{}");
  }

  private static String parse(String text) throws Mistake {
    if (!text.startsWith("/")) {
      throw new Mistake("does not begin with a slash");
    }
    if (text.length() > MAX_LENGTH) {
      throw new Mistake("is too long", "at most " + MAX_LENGTH + " characters");
    }
    if (text.equals("/")) {
      return text;
    }
    List<String> segments = List.of(text.substring(1).split("/", -1));
    if (segments.size() > RouteSettings.MAX_SEGMENTS) {
      throw new Mistake(
          "has " + segments.size() + " segments", "at most " + RouteSettings.MAX_SEGMENTS);
    }
    var names = new HashSet<String>();
    for (int i = 0; i < segments.size(); i++) {
      check(segments.get(i), i == segments.size() - 1, names);
    }
    return text;
  }

  private static void check(String segment, boolean last, HashSet<String> names) throws Mistake {
    if (segment.isEmpty()) {
      throw last
          ? new Mistake("ends with a slash", "the path without it")
          : new Mistake("has two slashes in a row", "one slash between segments");
    }
    if (segment.equals("**") && last) {
      return;
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw new Mistake("has a dot segment", "the path without . and ..");
    }
    if (segment.contains("*")) {
      throw new Mistake(
          "has a * where none may stand", "{name} for one segment, a last /** for the rest");
    }
    if (PARAMETER.matcher(segment).matches()) {
      if (!names.add(segment)) {
        throw new Mistake("has the parameter " + segment + " twice", "each name once");
      }
      return;
    }
    if (segment.contains("{") || segment.contains("}")) {
      throw new Mistake(
          "has braces that are no parameter",
          "{name} as a whole segment; letters, digits, '_' and '-' in the name");
    }
    if (segment.contains("?") || segment.contains("#")) {
      throw new Mistake("has a query or a fragment", "the path alone");
    }
    if (!LITERAL.matcher(segment).matches()) {
      throw new Mistake(
          "has a character that may not stand in it", "letters, digits and -._~!$&'()+,;=:@");
    }
  }
}
