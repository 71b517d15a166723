package dev.portcullis.config;

/** JSON paths as scalars of the configuration: those of {@link JsonPath}, within bounds. */
final class JsonPaths {
  /** Steps after the {@code $}. */
  static final int MAX_STEPS = 32;

  static final Text<String> PATH =
      Text.of(
          "a JSON path (RFC 9535) without filters, such as $.email, $.items[*].patient_id or $..id",
          JsonPaths::parse);

  private static final int MAX_LENGTH = 500;

  private JsonPaths() {}

  private static String parse(String text) throws Mistake {
    if (text.length() > MAX_LENGTH) {
      throw new Mistake("is too long", "at most " + MAX_LENGTH + " characters");
    }
    int steps = JsonPath.read(text).segments().size();
    if (steps == 0) {
      throw new Mistake("names the whole body", "the place in it, such as $.email");
    }
    if (steps > MAX_STEPS) {
      throw new Mistake("has " + steps + " steps", "at most " + MAX_STEPS);
    }
    return text;
  }
}
