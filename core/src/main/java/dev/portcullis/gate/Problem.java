package dev.portcullis.gate;

import dev.portcullis.gate.wire.Ascii;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A response that the gate gives by itself (RFC 9457). Says what the status says, and nothing that
 * helps an attacker; {@code instance} lets people find it again.
 *
 * @param title for the client
 * @param headers to add
 */
record Problem(int status, String title, Map<String, String> headers) {
  /** With the status' own words. */
  static Problem of(int status) {
    return new Problem(status, HttpResponseStatus.valueOf(status).reasonPhrase(), Map.of());
  }

  void write(ByteBuf out, String requestId, String date, boolean withBody, boolean keepAlive) {
    byte[] body =
        ("{\"type\":\"about:blank\",\"title\":\""
                + title.replace("\\", "\\\\").replace("\"", "\\\"")
                + "\",\"status\":"
                + status
                + ",\"instance\":\"urn:uuid:"
                + requestId
                + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    ResponseWriter.statusLine(out, status);
    Ascii.field(out, "content-type", "application/problem+json");
    Ascii.field(out, "cache-control", "no-store");
    Ascii.field(out, "date", date);
    Ascii.field(out, "request-id", requestId);
    headers.forEach((name, value) -> Ascii.field(out, name, value));
    Ascii.field(out, "content-length", Integer.toString(body.length));
    ResponseWriter.endOfHead(out, keepAlive);
    if (withBody) {
      out.writeBytes(body);
    }
  }
}
