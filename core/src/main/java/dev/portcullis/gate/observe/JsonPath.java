package dev.portcullis.gate.observe;

import java.util.ArrayList;
import java.util.List;

/**
 * A path into a JSON document: {@code $}, then {@code .name}, {@code [3]} and {@code [*]} in any
 * order. A small part of RFC 9535, such that a document can be matched while it streams.
 */
record JsonPath(List<Step> steps) {
  /** One step down. */
  sealed interface Step {
    /** The member of that name. */
    record Name(String name) implements Step {}

    /** The element at that index. */
    record Index(int index) implements Step {}

    /** Every element. */
    record Every() implements Step {}
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException naming what was found and what is expected
   */
  static JsonPath parse(String text) {
    if (!text.startsWith("$")) {
      throw wrong(text, 0);
    }
    var steps = new ArrayList<Step>();
    int at = 1;
    while (at < text.length()) {
      int end;
      if (text.charAt(at) == '.') {
        end = endOfName(text, at + 1);
        if (end == at + 1 || text.substring(at, end).contains("]")) {
          throw wrong(text, at);
        }
        steps.add(new Step.Name(text.substring(at + 1, end)));
      } else if (text.charAt(at) == '[') {
        end = text.indexOf(']', at) + 1;
        if (end == 0) {
          throw wrong(text, at);
        }
        steps.add(index(text, at, text.substring(at + 1, end - 1)));
      } else {
        throw wrong(text, at);
      }
      at = end;
    }
    return new JsonPath(List.copyOf(steps));
  }

  private static int endOfName(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
      end++;
    }
    return end;
  }

  private static Step index(String text, int at, String inside) {
    if (inside.equals("*")) {
      return new Step.Every();
    }
    boolean digits =
        !inside.isEmpty()
            && inside.length() <= 9
            && inside.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits) {
      throw wrong(text, at);
    }
    return new Step.Index(Integer.parseInt(inside));
  }

  private static IllegalArgumentException wrong(String text, int at) {
    return new IllegalArgumentException(
        "JSON path \""
            + text
            + "\" can't be read at character "
            + (at + 1)
            + " (expected: a path such as $.items[*].id)");
  }
}
