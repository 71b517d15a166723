package dev.portcullis.gate;

import dev.portcullis.gate.observe.AcceptedCodings;
import dev.portcullis.gate.wire.Ascii;
import dev.portcullis.gate.wire.Framing;
import dev.portcullis.gate.wire.Head;
import dev.portcullis.gate.wire.HopByHop;
import dev.portcullis.gate.wire.RequestMessage;
import dev.portcullis.gate.wire.Target;
import io.netty.buffer.ByteBuf;

/**
 * Writes a request's head for the upstream. Who the client is, the gate says itself (RFC 7239):
 * what the client says about it is dropped.
 */
final class RequestWriter {
  private RequestWriter() {}

  /**
   * @param read whether the response will be read: then it must come in one piece, and in a coding
   *     that can be taken off
   */
  static void write(
      ByteBuf out,
      RequestMessage request,
      String authority,
      String source,
      boolean secure,
      boolean read,
      String requestId) {
    line(out, request);
    Ascii.field(out, "host", authority);
    Head head = request.head();
    for (int i = 0; i < head.count(); i++) {
      if (!HopByHop.staysOfRequest(head, i, request.connectionListed())
          && !(read && shapesResponse(head, i))) {
        head.copy(i, out);
      }
    }
    if (read) {
      Ascii.field(out, "accept-encoding", AcceptedCodings.readable(asked(head)));
    }
    forwarded(out, request, source, secure);
    Ascii.field(out, "via", request.isHttp10() ? "1.0 portcullis" : "1.1 portcullis");
    Ascii.field(out, "request-id", requestId);
    length(out, request);
    out.writeShort('\r' << 8 | '\n');
  }

  private static void line(ByteBuf out, RequestMessage request) {
    Target target = request.target();
    Ascii.write(out, request.method());
    out.writeByte(' ');
    Ascii.write(out, target.path());
    if (!target.query().isEmpty()) {
      out.writeByte('?');
      Ascii.write(out, target.query());
    }
    Ascii.write(out, " HTTP/1.1\r\n");
  }

  // A range of a document can't be read for data subjects; a server may always send all of it
  // (RFC 9110 §14.2).
  private static boolean shapesResponse(Head head, int field) {
    return head.is(field, "accept-encoding")
        || head.is(field, "range")
        || head.is(field, "if-range");
  }

  private static String asked(Head head) {
    String asked = "";
    for (int i = 0; i < head.count(); i++) {
      if (head.is(i, "accept-encoding")) {
        asked = asked.isEmpty() ? head.value(i) : asked + "," + head.value(i);
      }
    }
    return asked;
  }

  private static void forwarded(
      ByteBuf out, RequestMessage request, String source, boolean secure) {
    String scheme = secure ? "https" : "http";
    Ascii.field(out, "x-forwarded-for", source);
    Ascii.field(out, "x-forwarded-proto", scheme);
    String node = source.indexOf(':') >= 0 ? "\"[" + source + "]\"" : source;
    String forwarded = "for=" + node + ";proto=" + scheme;
    if (!request.host().isEmpty()) {
      Ascii.field(out, "x-forwarded-host", request.host());
      forwarded += ";host=\"" + request.host() + "\"";
    }
    Ascii.field(out, "forwarded", forwarded);
  }

  private static void length(ByteBuf out, RequestMessage request) {
    Framing framing = request.framing();
    switch (framing.kind()) {
      case LENGTH -> Ascii.field(out, "content-length", Long.toString(framing.length()));
      case CHUNKED -> Ascii.field(out, "transfer-encoding", "chunked");
      case UNTIL_CLOSE -> throw new IllegalStateException("no request is framed so");
      case NONE -> {
        boolean bodyExpected =
            switch (request.method()) {
              case "POST", "PUT", "PATCH" -> true;
              default -> false;
            };
        if (bodyExpected || request.hasLength()) {
          Ascii.field(out, "content-length", "0");
        }
      }
    }
  }
}
