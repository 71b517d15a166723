package dev.portcullis.config;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Environment variables in scalar values: {@code ${NAME}}, {@code ${NAME:-default}}; a dollar sign
 * before the reference makes it literal. What a variable holds is text, never YAML, and is never
 * shown.
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

  /**
   * The text with values in the place of references.
   *
   * @param used is told each variable and what it holds
   */
  static String apply(String text, Map<String, String> environment, BiConsumer<String, String> used)
      throws Mistake {
    if (!isNeeded(text)) {
      return text;
    }
    var result = new StringBuilder();
    Matcher reference = REFERENCE.matcher(text);
    int end = 0;
    while (reference.find()) {
      result.append(text, end, reference.start()).append(replacement(reference, environment, used));
      end = reference.end();
    }
    return result.append(text, end, text.length()).toString();
  }

  private static String replacement(
      Matcher reference, Map<String, String> environment, BiConsumer<String, String> used)
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
    used.accept(name, value);
    return value;
  }
}
