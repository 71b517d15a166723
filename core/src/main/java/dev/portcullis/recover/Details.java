package dev.portcullis.recover;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What is kept with a recovery point, as JSON. */
final class Details {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Details() {}

  static byte[] json(Map<String, String> details) {
    return JSON.writeValueAsBytes(new TreeMap<>(details));
  }

  static Map<String, String> parse(byte[] json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JacksonException e) {
      return Map.of(); // whoever needs one says that it is missing
    }
  }
}
