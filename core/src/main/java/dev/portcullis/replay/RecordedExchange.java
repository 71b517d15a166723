package dev.portcullis.replay;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A recorded request, the answer it got, and what people say it was.
 *
 * @param line in the file, from 1
 * @param method as recorded
 * @param target path and query as recorded, not normalised
 * @param headers of the request, in order
 * @param body of the request, UTF-8
 * @param attack its class; empty: benign. Used for counting after the judgement, never before
 * @param response that the upstream gave
 */
record RecordedExchange(
    int line,
    String method,
    String target,
    List<Map.Entry<String, String>> headers,
    String body,
    Optional<String> attack,
    Response response) {

  /**
   * A recorded answer.
   *
   * @param status code
   * @param headers in order
   * @param body UTF-8
   */
  record Response(int status, List<Map.Entry<String, String>> headers, String body) {}
}
