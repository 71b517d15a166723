package dev.portcullis.api;

import dev.portcullis.journal.Pseudonym;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** How documents look on the wire: snake case, ISO 8601 instants in UTC. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Pseudonym.class, new ToStringSerializer(Pseudonym.class)))
          .build();

  private Json() {}

  /** A record as a tree. */
  public static JsonNode tree(Object document) {
    return MAPPER.valueToTree(document);
  }

  /** On one line. */
  public static String line(Object document) {
    return MAPPER.writeValueAsString(document);
  }

  /** For people. */
  public static String pretty(Object document) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
  }

  /**
   * Reads one document.
   *
   * @throws tools.jackson.core.JacksonException if it is not JSON
   */
  public static JsonNode parse(byte[] bytes) {
    return MAPPER.readTree(bytes);
  }
}
