package dev.portcullis.demo;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param headers by name in lower case; of several with one name the last
 */
record HttpAnswer(int status, Map<String, String> headers, byte[] body) {
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + ", " + body.length + " bytes]";
  }
}
