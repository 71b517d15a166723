package dev.portcullis.api;

import dev.portcullis.incident.TimelineEntry;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A request to the API, however it came.
 *
 * @param path beginning with {@code /api/v1}
 * @param body an object; empty where there was none
 * @param caller name of the user, for the timeline
 */
public record ApiRequest(
    String method, String path, Map<String, String> query, JsonNode body, String caller) {

  /** A person whose name is the machine's is told apart from it. */
  public ApiRequest {
    caller = caller.equals(TimelineEntry.MACHINE) ? "user " + caller : caller;
  }

  /** A text of the body. */
  public String text(String field) {
    JsonNode value = body.path(field);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new ApiException(400, "The field \"" + field + "\" is missing (expected: a text)");
    }
    return value.stringValue();
  }

  /** A text of the body, or what stands for none. */
  public String text(String field, String otherwise) {
    return body.path(field).isString() ? body.path(field).stringValue() : otherwise;
  }

  /** A yes or no of the body; no if it is not there. */
  public boolean flag(String field) {
    return body.path(field).asBoolean(false);
  }
}
