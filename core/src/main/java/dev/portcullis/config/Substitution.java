package dev.portcullis.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Environment variables in scalar values: {@code ${NAME}}, {@code ${NAME:-default}}; {@code $${} is
 * a literal <code>${</code>. What a variable holds is text, never YAML, and is never shown.
 */
final class Substitution {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$\\$\\{|\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]*)(?<default>:-(?<value>[^}]*))?}|\\$\\{");

  private Substitution() {}

  /** Whether the text refers to the environment. */
  static boolean isNeeded(String text) {
    return text.contains("${");
  }

  static String apply(String text, Map<String, String> environment) throws Mistake {
    if (!isNeeded(text)) {
      return text;
    }
    var result = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    int end = 0;
    while (reference.find()) {
      result.append(text, end, reference.start()).append(replacement(reference, environment));
      end = reference.end();
    }
    return result.append(text, end, text.length()).toString();
  }

  private static String replacement(Matcher reference, Map<String, String> environment)
      throws Mistake {
    if (reference.group().equals("$${")) {
      return "${";
    }
    String name = reference.group("name");
    if (name == null) {
      throw new Mistake(
          "has a ${ that is no reference to an environment variable",
          "${NAME} or ${NAME:-default}; $${ for a literal ${");
    }
    String value = environment.getOrDefault(name, "");
    String fallback = reference.group("value");
    if (value.isEmpty() && fallback != null) {
      return fallback;
    }
    if (!environment.containsKey(name)) {
      throw new Mistake(
          "needs the environment variable " + name + ", which is not set",
          name + " in the environment, or a default: ${" + name + ":-default}");
    }
    return value;
  }
}
