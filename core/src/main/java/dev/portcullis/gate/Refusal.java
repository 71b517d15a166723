package dev.portcullis.gate;

import java.util.Map;

/**
 * Why a control refuses. The client sees status and title (RFC 9457) and nothing of the reason; the
 * journal sees all.
 *
 * @param control its name
 * @param reason machine-readable word, such as {@code unknown-key}
 * @param status of the response
 * @param title for the client; says nothing that helps an attacker
 * @param headers to add, such as {@code Retry-After}
 */
public record Refusal(
    String control, String reason, int status, String title, Map<String, String> headers) {

  /** Without extra headers. */
  public static Refusal of(String control, String reason, int status, String title) {
    return new Refusal(control, reason, status, title, Map.of());
  }
}
