package dev.portcullis.api;

import tools.jackson.databind.JsonNode;

/**
 * An answer of the API.
 *
 * @param status of HTTP
 * @param body a document, or a problem (RFC 9457) when the status says so
 */
public record ApiResponse(int status, JsonNode body) {
  /**
   * Why not (RFC 9457).
   *
   * @param detail for the caller
   */
  public static ApiResponse problem(int status, String detail) {
    return new ApiResponse(status, Json.tree(new Problem("about:blank", status, detail)));
  }

  private record Problem(String type, int status, String detail) {}

  /** Whether it did what was asked. */
  public boolean isSuccess() {
    return status < 400;
  }
}
