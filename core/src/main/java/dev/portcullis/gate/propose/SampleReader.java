package dev.portcullis.gate.propose;

import dev.portcullis.config.JsonPath;
import dev.portcullis.gate.observe.Decoded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** Reads a sampled response, as far as it goes, and counts its values by path. */
final class SampleReader {
  private static final int MAX_DEPTH = 32;

  /** Longer texts are prose, or pictures. */
  private static final int MAX_VALUE = 4_096;

  // A name that is no identifier is more likely a value: of a map by e-mail address, by number.
  private static final Pattern IDENTIFIER =
      Pattern.compile("[A-Za-z_@$][A-Za-z_@$-]{0,39}\\d{0,2}");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(SampleObserver.MOST)
                  .maxNameLength(SampleObserver.MOST)
                  .build())
          .build();

  /** Where something is open: its path, and the name of what leads there. */
  private record Place(String path, String name, boolean list) {}

  private SampleReader() {}

  static void read(byte[] body, Optional<String> contentEncoding, RouteSamples into) {
    byte[] decoded = Decoded.of(body, contentEncoding, SampleObserver.MOST);
    into.sampled();
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), decoded, 0, decoded.length)) {
      read(parser, into);
    } catch (JacksonException cutOff) {
      // What was read counts: a sample is often only a beginning.
    }
  }

  private static void read(JsonParser parser, RouteSamples into) {
    Deque<Place> open = new ArrayDeque<>();
    String member = "";
    JsonToken token;
    while ((token = parser.nextToken()) != null) {
      switch (token) {
        case PROPERTY_NAME -> member = parser.currentName();
        case START_OBJECT, START_ARRAY ->
            open.push(below(open.peek(), member, token == JsonToken.START_ARRAY));
        case END_OBJECT, END_ARRAY -> open.pop();
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
          Place at = below(open.peek(), member, false);
          String value = parser.getString();
          if (!value.isEmpty() && value.length() <= MAX_VALUE) {
            into.value(at.path(), at.name(), value);
          }
        }
        default -> {}
      }
    }
  }

  private static Place below(
      @org.jspecify.annotations.Nullable Place at, String member, boolean list) {
    if (at == null) {
      return new Place("$", "", list);
    }
    if (at.list()) {
      return new Place(at.path() + "[*]", at.name(), list);
    }
    return IDENTIFIER.matcher(member).matches()
        ? new Place(at.path() + JsonPath.step(member), member, list)
        : new Place(at.path() + ".*", at.name(), list);
  }
}
