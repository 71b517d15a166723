package dev.portcullis.api;

import tools.jackson.databind.JsonNode;

/**
 * An answer of the API.
 *
 * @param status of HTTP
 * @param body a document, or a problem (RFC 9457) when the status says so
 */
public record ApiResponse(int status, JsonNode body) {
  /** Whether it did what was asked. */
  public boolean isSuccess() {
    return status < 400;
  }
}
