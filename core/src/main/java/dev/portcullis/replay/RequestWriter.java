package dev.portcullis.replay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts a recorded request on the wire as bytes, as its client did, and not as a client library
 * would: nothing is normalised, checked or made good.
 *
 * <p>What is not as recorded, for benign and attacking requests alike (the label is not known
 * here):
 *
 * <ul>
 *   <li>Framing is our own: a recorded number as {@code Content-Length}, {@code Transfer-Encoding}
 *       and the ordinary words of {@code Connection} stem from the recording client's connection
 *       and are left out. A {@code Connection} that holds anything else is sent: somebody meant it.
 *   <li>Blanks and line breaks in the target are percent-encoded: no request that was recorded can
 *       have had them there.
 *   <li>Line breaks and zero bytes in header values are sent as they are, as an attacker would. A
 *       benign recording with a value of several lines is thereby as malformed as it would be in
 *       life, and a gate that refuses it is counted as accusing it.
 * </ul>
 */
final class RequestWriter {
  private static final Set<String> FRAMING =
      Set.of("transfer-encoding", "keep-alive", "proxy-connection", "te", "trailer", "expect");

  private static final Set<String> CONNECTION_WORDS =
      Set.of("keep-alive", "close", "upgrade", "te", "http2-settings");

  private RequestWriter() {}

  static byte[] bytes(RecordedExchange exchange) {
    byte[] body = exchange.body().getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder();
    head.append(exchange.method()).append(' ').append(target(exchange.target()));
    head.append(" HTTP/1.1\r\n");
    boolean host = false;
    for (Map.Entry<String, String> header : exchange.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      host |= name.equals("host");
      if (!isFraming(name, header.getValue())) {
        head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
      }
    }
    if (!host) {
      head.append("Host: recorded.invalid\r\n");
    }
    if (body.length > 0
        || !List.of("GET", "HEAD", "OPTIONS", "DELETE").contains(exchange.method())) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    var out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static boolean isFraming(String name, String value) {
    if (name.equals("content-length")) {
      return value.chars().allMatch(Character::isDigit);
    }
    if (name.equals("connection")) {
      for (String word : value.split(",", -1)) {
        if (!CONNECTION_WORDS.contains(word.strip().toLowerCase(Locale.ROOT))) {
          return false;
        }
      }
      return true;
    }
    return FRAMING.contains(name);
  }

  private static String target(String recorded) {
    return recorded
        .replace(" ", "%20")
        .replace("\r", "%0D")
        .replace("\n", "%0A")
        .replace("\t", "%09");
  }
}
