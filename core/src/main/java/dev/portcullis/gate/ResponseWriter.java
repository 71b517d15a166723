package dev.portcullis.gate;

import dev.portcullis.gate.wire.Ascii;
import dev.portcullis.gate.wire.Framing;
import dev.portcullis.gate.wire.Head;
import dev.portcullis.gate.wire.HopByHop;
import dev.portcullis.gate.wire.ResponseMessage;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/** Writes a response's head for the client: the upstream's, without what is the hop's or secret. */
final class ResponseWriter {
  private ResponseWriter() {}

  static void statusLine(ByteBuf out, int status) {
    Ascii.write(out, "HTTP/1.1 ");
    Ascii.write(out, HttpResponseStatus.valueOf(status).toString());
    out.writeShort('\r' << 8 | '\n');
  }

  static void endOfHead(ByteBuf out, boolean keepAlive) {
    if (!keepAlive) {
      Ascii.field(out, "connection", "close");
    }
    out.writeShort('\r' << 8 | '\n');
  }

  /**
   * @param framing as the client gets it
   */
  static void write(
      ByteBuf out,
      ResponseMessage response,
      Framing framing,
      boolean toHead,
      Map<String, String> added,
      String requestId,
      String date,
      boolean keepAlive) {
    statusLine(out, response.status());
    Head head = response.head();
    for (int i = 0; i < head.count(); i++) {
      if (!HopByHop.staysOfResponse(head, i, response.connectionListed())
          && !isAdded(head, i, added)) {
        head.copy(i, out);
      }
    }
    added.forEach((name, value) -> Ascii.field(out, name, value));
    if (head.find("date") < 0) {
      Ascii.field(out, "date", date);
    }
    Ascii.field(out, "request-id", requestId);
    length(out, response, framing, toHead);
    endOfHead(out, keepAlive);
  }

  private static boolean isAdded(Head head, int field, Map<String, String> added) {
    if (added.isEmpty()) {
      return false;
    }
    String name = head.name(field);
    return added.keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  private static void length(
      ByteBuf out, ResponseMessage response, Framing framing, boolean toHead) {
    switch (framing.kind()) {
      case LENGTH -> Ascii.field(out, "content-length", Long.toString(framing.length()));
      case CHUNKED -> Ascii.field(out, "transfer-encoding", "chunked");
      case UNTIL_CLOSE -> {}
      case NONE -> {
        if (toHead || response.status() == 304) {
          // How long the body of a GET would be (RFC 9110 §8.6).
          response
              .head()
              .first("content-length")
              .ifPresent(length -> Ascii.field(out, "content-length", length));
        } else if (response.status() != 204) {
          Ascii.field(out, "content-length", "0");
        }
      }
    }
  }
}
