package dev.portcullis.evidence;

import dev.portcullis.journal.Pseudonym;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * How documents of an archive look: snake case, ISO 8601 instants in UTC, maps in order of their
 * keys, so that the same facts give the same bytes.
 */
final class EvidenceJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Pseudonym.class, new ToStringSerializer(Pseudonym.class)))
          .build();

  /** Documents written by hand keep the order in which they were written. */
  private static final JsonMapper AS_WRITTEN =
      MAPPER.rebuild().disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private EvidenceJson() {}

  static byte[] pretty(Object document) {
    return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] prettyAsWritten(Object document) {
    return (AS_WRITTEN.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] line(Object document) {
    return (AS_WRITTEN.writeValueAsString(document) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** As somebody who reads the bytes sees it. */
  static JsonNode asRead(Object document) {
    return MAPPER.readTree(line(document));
  }

  static JsonMapper mapper() {
    return MAPPER;
  }
}
