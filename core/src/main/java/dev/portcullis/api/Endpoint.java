package dev.portcullis.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One operation of the API.
 *
 * @param template path with names in braces
 * @param summary one line for its description
 */
record Endpoint(String method, String template, String summary, Handler handler) {
  /** Does it. */
  @FunctionalInterface
  interface Handler {
    Object handle(ApiRequest request, Map<String, String> parameters);
  }

  /** The path's values, if it matches. */
  Optional<Map<String, String>> match(String path) {
    String[] expected = template.split("/", -1);
    String[] found = path.split("/", -1);
    if (expected.length != found.length) {
      return Optional.empty();
    }
    var values = new HashMap<String, String>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].startsWith("{")) {
        values.put(expected[i].substring(1, expected[i].length() - 1), found[i]);
      } else if (!expected[i].equals(found[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }
}
