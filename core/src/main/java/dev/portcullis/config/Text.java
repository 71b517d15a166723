package dev.portcullis.config;

import java.util.function.Function;

/**
 * A kind of scalar: how it is read from text, how it is written, and what to say it should be.
 *
 * @param expected completes "expected: ..."
 * @param parser text to value
 * @param show value to text that the parser reads back
 */
record Text<T>(String expected, Parser<T> parser, Function<T, String> show) {

  /** Text to value. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String text) throws Mistake;
  }

  /** A kind whose values are written by their {@code toString}. */
  static <T> Text<T> of(String expected, Parser<T> parser) {
    return new Text<>(expected, parser, String::valueOf);
  }

  T parse(String text) throws Mistake {
    return parser.parse(text);
  }
}
