package dev.portcullis.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The plain kinds of scalars. */
final class Texts {
  private static final int MAX_LENGTH = 1_000;
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");

  private Texts() {}

  /** Any line of text. */
  static final Text<String> LINE = Text.of("one line of text", Texts::line);

  /** A name in orders, metrics, directories and the journal. */
  static final Text<String> NAME =
      matching(
          "[A-Za-z0-9][A-Za-z0-9._-]{0,62}",
          "is not a name",
          "letters, digits, '.', '_' and '-', beginning with a letter or digit, at most 63");

  /** An account's name; identity providers put all sorts of things into {@code sub}. */
  static final Text<String> ACCOUNT =
      matching(
          "[\\p{L}\\p{N}\\p{P}\\p{S}]{1,255}",
          "is not an account's name",
          "1 to 255 characters without spaces");

  /** A scope (RFC 6749 §3.3). */
  static final Text<String> SCOPE =
      matching(
          "[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}",
          "is not a scope",
          "printable ASCII without spaces, quotes and backslashes (RFC 6749), such as"
              + " patients:read");

  /** A data class or a role. */
  static final Text<String> KEBAB =
      matching(
          "[a-z][a-z0-9]*(-[a-z0-9]+){0,30}",
          "is not in kebab case",
          "lower-case words joined by '-', such as data-protection-officer");

  static final Text<String> EMAIL =
      matching(
          "[^@\\s\\p{Cntrl}<>,;:\"\\[\\]()]{1,64}@[\\p{L}\\p{N}.-]{1,253}",
          "is not an e-mail address",
          "name@domain");

  /** Capitals only, so that a password put here by mistake is refused and not looked up. */
  static final Text<String> VARIABLE =
      matching(
          "[A-Z_][A-Z0-9_]{0,127}",
          "is not the name of an environment variable",
          "the NAME of the variable that holds the password, in capitals, such as SMTP_PASSWORD");

  static final Text<Boolean> BOOL =
      Text.of(
          "true or false",
          text ->
              switch (text) {
                case "true", "True", "TRUE" -> true;
                case "false", "False", "FALSE" -> false;
                case "yes", "on", "Yes", "On" -> throw new Mistake("is text in YAML 1.2", "true");
                case "no", "off", "No", "Off" -> throw new Mistake("is text in YAML 1.2", "false");
                default -> throw new Mistake("is neither true nor false");
              });

  /** A whole number within bounds, both included. */
  static Text<Integer> integer(int least, int most) {
    String expected = "a whole number from " + least + " to " + most;
    return Text.of(
        expected,
        text -> {
          if (!INTEGER.matcher(text).matches()) {
            throw new Mistake("is not a whole number");
          }
          long number = Long.parseLong(text);
          if (number < least || number > most) {
            throw new Mistake("is out of range");
          }
          return (int) number;
        });
  }

  /** A number within bounds, both included. */
  static Text<Double> decimal(double least, double most) {
    return new Text<>(
        "a number from " + plain(least) + " to " + plain(most),
        text -> {
          if (!DECIMAL.matcher(text).matches()) {
            throw new Mistake("is not a number");
          }
          double number = Double.parseDouble(text);
          if (number < least || number > most) {
            throw new Mistake("is out of range");
          }
          return number;
        },
        Texts::plain);
  }

  /** One of some words. */
  static Text<String> oneOf(Collection<String> words) {
    return Text.of(
        words.isEmpty() ? "nothing: there are none" : "one of " + String.join(", ", words),
        text -> {
          if (!words.contains(text)) {
            throw new Mistake("is unknown" + Nearest.hint(text, words));
          }
          return text;
        });
  }

  /** A constant in kebab case. */
  static <E extends Enum<E>> Text<E> oneOf(Class<E> type) {
    E[] constants = type.getEnumConstants();
    Text<String> word = oneOf(Arrays.stream(constants).map(Texts::kebab).toList());
    return new Text<>(
        word.expected(), text -> Enum.valueOf(type, screaming(word.parse(text))), Texts::kebab);
  }

  /** A path, relative to the file's directory. */
  static Text<Path> path(Path directory) {
    return new Text<>(
        "a path; relative ones start at the file's directory",
        text -> {
          String line = line(text);
          if (line.startsWith("~")) {
            throw new Mistake(
                "begins with ~, which only shells expand", "an absolute or a relative path");
          }
          try {
            return directory.resolve(line).normalize();
          } catch (InvalidPathException e) {
            throw new Mistake("is not a path");
          }
        },
        path -> {
          Path relative = path.startsWith(directory) ? directory.relativize(path) : path;
          return relative.isAbsolute() ? relative.toString() : "./" + relative;
        });
  }

  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String screaming(String kebab) {
    return kebab.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String line(String text) throws Mistake {
    if (text.isBlank()) {
      throw new Mistake("is empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new Mistake("is too long", "at most " + MAX_LENGTH + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new Mistake("has line breaks or control characters");
    }
    return text;
  }

  static Text<String> matching(String regex, String predicate, String expected) {
    var pattern = Pattern.compile(regex);
    Function<String, Boolean> fits =
        text -> text.length() <= MAX_LENGTH && pattern.matcher(text).matches();
    return Text.of(
        expected,
        text -> {
          if (!fits.apply(text)) {
            throw new Mistake(text.isBlank() ? "is empty" : predicate);
          }
          return text;
        });
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
