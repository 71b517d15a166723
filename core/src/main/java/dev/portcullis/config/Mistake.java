package dev.portcullis.config;

import java.util.Optional;

/**
 * A scalar that can't be what it should be. The message is a predicate ("is not a duration"), so
 * that whoever reports it decides whether the value itself may be shown.
 */
final class Mistake extends Exception {
  private static final long serialVersionUID = 1L;

  private final Optional<String> expected;

  /** What is wrong; what would be right is said by the {@link Text} itself. */
  Mistake(String predicate) {
    super(predicate, null, false, false);
    this.expected = Optional.empty();
  }

  /** What is wrong, and what would be right in this case. */
  Mistake(String predicate, String expected) {
    super(predicate, null, false, false);
    this.expected = Optional.of(expected);
  }

  String predicate() {
    return String.valueOf(getMessage());
  }

  Optional<String> expected() {
    return expected;
  }
}
