package dev.portcullis.config;

import dev.portcullis.config.JsonPath.Segment;
import dev.portcullis.config.JsonPath.Selector;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link JsonPath} by the grammar of RFC 9535 §2, from left to right. */
final class JsonPathText {
  private static final String NO_FILTER =
      "has a filter, which needs values that come only after what it chooses, and a body is read"
          + " while it streams by";
  private static final String FROM_THE_END =
      "counts from the end of a list, which is not known while it streams by";

  private final String text;
  private int at;

  JsonPathText(String text) {
    this.text = text;
  }

  JsonPath path() throws Mistake {
    if (!text.startsWith("$")) {
      String bare = text.startsWith(".") ? text : "." + text;
      throw new Mistake(
          "does not begin with $", text.matches("[\\w.]{1,80}") ? "$" + bare : "$.name");
    }
    at = 1;
    var segments = new ArrayList<Segment>();
    while (at < text.length()) {
      segments.add(segment());
    }
    return new JsonPath(List.copyOf(segments));
  }

  private Segment segment() throws Mistake {
    blanks();
    if (at == text.length()) {
      throw wrong("ends with a space");
    }
    if (text.startsWith("..", at)) {
      at += 2;
      return new Segment(true, peek() == '[' ? brackets() : List.of(shorthand()));
    }
    if (peek() == '.') {
      at++;
      return new Segment(false, List.of(shorthand()));
    }
    if (peek() == '[') {
      return new Segment(false, brackets());
    }
    throw wrong("has no . or [ before its next step");
  }

  private Selector shorthand() throws Mistake {
    if (peek() == '*') {
      at++;
      return new Selector.Every();
    }
    int from = at;
    while (at < text.length() && isNameLetter(text.charAt(at))) {
      at++;
    }
    if (at == from) {
      throw wrong("has a . without a name");
    }
    return new Selector.Name(text.substring(from, at));
  }

  // More than RFC 9535 has: what people write without thinking of quotes (@type, first-name).
  private static boolean isNameLetter(char c) {
    return Character.isLetterOrDigit(c)
        || c == '_'
        || c == '-'
        || c == '$'
        || c == '@'
        || c == ':'
        || c >= 0x80;
  }

  static boolean isShorthand(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> isNameLetter((char) c));
  }

  private List<Selector> brackets() throws Mistake {
    at++;
    var selectors = new ArrayList<Selector>();
    do {
      blanks();
      selectors.add(selector());
      blanks();
    } while (take(','));
    if (!take(']')) {
      throw wrong("has a [ that is not closed after its selector");
    }
    return List.copyOf(selectors);
  }

  private Selector selector() throws Mistake {
    char next = peek();
    switch (next) {
      case '*' -> {
        at++;
        return new Selector.Every();
      }
      case '\'', '"' -> {
        return new Selector.Name(quoted(next));
      }
      case '?', '(' -> throw new Mistake(NO_FILTER + where(), "[*] for every entry");
      default -> {
        return numbers();
      }
    }
  }

  private Selector numbers() throws Mistake {
    int from = at;
    int start = peek() == ':' ? 0 : number("[*], or an index from the beginning");
    blanks();
    if (!take(':')) {
      if (at == from) {
        throw wrong("has brackets without a selector");
      }
      return new Selector.Index(start);
    }
    blanks();
    int end = isNumber() ? number("a slice without the part after its first colon") : -1;
    blanks();
    int step = 1;
    if (take(':')) {
      blanks();
      step = isNumber() ? number("a step of 1 or more, in the list's own order") : 1;
    }
    if (step == 0) {
      throw new Mistake("has the step 0, which takes nothing" + where(), "a step of 1 or more");
    }
    return new Selector.Slice(start, end < 0 ? Integer.MAX_VALUE : end, step);
  }

  private boolean isNumber() {
    char c = peek();
    return c == '-' || (c >= '0' && c <= '9');
  }

  private int number(String wayOut) throws Mistake {
    if (peek() == '-') {
      throw new Mistake(FROM_THE_END + where(), wayOut);
    }
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int digits = at - from;
    if (digits == 0 || digits > 9 || (digits > 1 && text.charAt(from) == '0')) {
      at = from;
      throw wrong(
          digits == 0
              ? "has something in brackets that is no selector"
              : "has an index that is no number from 0 to 999999999");
    }
    return Integer.parseInt(text.substring(from, at));
  }

  private String quoted(char quote) throws Mistake {
    at++;
    var name = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return name.toString();
      }
      if (c < 0x20) {
        throw wrong("has a control character in quotes");
      }
      name.append(c == '\\' ? escaped(quote) : c);
    }
    throw wrong("has a quote that is not closed");
  }

  private char escaped(char quote) throws Mistake {
    char c = peek();
    at++;
    return switch (c) {
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case '/', '\\' -> c;
      case 'u' -> unicode();
      default -> {
        if (c != quote) {
          throw wrong("has an unknown escape in quotes");
        }
        yield c;
      }
    };
  }

  private char unicode() throws Mistake {
    int end = at + 4;
    if (end > text.length() || !text.substring(at, end).matches("[0-9A-Fa-f]{4}")) {
      throw wrong("has a \\u without four hexadecimal digits");
    }
    char c = (char) Integer.parseInt(text.substring(at, end), 16);
    at = end;
    return c;
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private boolean take(char expected) {
    if (peek() == expected) {
      at++;
      return true;
    }
    return false;
  }

  private String where() {
    return " (from character " + (at + 1) + ")";
  }

  private Mistake wrong(String what) {
    return new Mistake(what + where());
  }
}
