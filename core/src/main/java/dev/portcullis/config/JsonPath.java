package dev.portcullis.config;

import java.util.List;

/**
 * A JSONPath query (RFC 9535) in the part of the language that can be followed while a document
 * streams by: names, wildcards, indices and slices from the beginning, several selectors in one
 * pair of brackets, and descendants. A filter needs values that come later, and an index from the
 * end needs the end; both are refused.
 *
 * @param segments in order; none: the whole document
 */
public record JsonPath(List<Segment> segments) {
  /**
   * One step down.
   *
   * @param descendant whether it may skip any number of levels ({@code ..})
   * @param selectors at least one; a child counts when any selects it
   */
  public record Segment(boolean descendant, List<Selector> selectors) {}

  /** Which children. */
  public sealed interface Selector {
    /** The member of that name. */
    record Name(String name) implements Selector {}

    /** The element at that index, from 0. */
    record Index(int index) implements Selector {}

    /** Every member and every element. */
    record Every() implements Selector {}

    /**
     * Elements from {@code start}, each {@code step}-th, before {@code end}.
     *
     * @param end {@link Integer#MAX_VALUE}: to the last
     */
    record Slice(int start, int end, int step) implements Selector {
      /** Whether it takes the element at that index. */
      public boolean takes(int index) {
        return index >= start && index < end && (index - start) % step == 0;
      }
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException saying what was found, what is expected, and where
   */
  public static JsonPath parse(String text) {
    try {
      return read(text);
    } catch (Mistake mistake) {
      throw new IllegalArgumentException(
          "JSON path \"%s\" %s (expected: %s)"
              .formatted(
                  text,
                  mistake.predicate(),
                  mistake.expected().orElse("a path such as $.items[*].id")),
          mistake);
    }
  }

  static JsonPath read(String text) throws Mistake {
    return new JsonPathText(text).path();
  }

  /** The step to the member of that name, as it is written: {@code .email}, {@code ['a b']}. */
  public static String step(String name) {
    return JsonPathText.isShorthand(name)
        ? "." + name
        : "['" + name.replace("\\", "\\\\").replace("'", "\\'") + "']";
  }
}
