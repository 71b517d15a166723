package dev.portcullis.demo;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads HTTP/1.1 responses (RFC 9112): by {@code Content-Length}, chunked, or up to the
 * connection's end.
 */
final class HttpReader {
  /** A longer body is an error, in bytes. */
  static final int BODY_LIMIT = 4 << 20;

  private static final int LINE_LIMIT = 16 << 10;
  private static final int HEADER_LIMIT = 200;

  private final InputStream in;

  HttpReader(InputStream in) {
    this.in = in;
  }

  /** The next final response. */
  HttpAnswer read() throws IOException {
    while (true) {
      int status = status(line());
      Map<String, String> headers = headers();
      if (status >= 200) {
        return new HttpAnswer(status, headers, body(status, headers));
      }
      if (status == 101) {
        throw new ProtocolException("The server switched to a protocol that nobody asked for");
      }
    }
  }

  private byte[] body(int status, Map<String, String> headers) throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers
        .getOrDefault("transfer-encoding", "")
        .toLowerCase(Locale.ROOT)
        .endsWith("chunked")) {
      return chunked();
    }
    String length = headers.get("content-length");
    if (length != null) {
      return exactly(number(length, 10));
    }
    byte[] rest = in.readNBytes(BODY_LIMIT + 1);
    if (rest.length > BODY_LIMIT) {
      throw tooLong();
    }
    return rest;
  }

  private byte[] chunked() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      String head = line();
      int extension = head.indexOf(';');
      int size = number((extension < 0 ? head : head.substring(0, extension)).strip(), 16);
      if (size == 0) {
        headers();
        return body.toByteArray();
      }
      if (body.size() + size > BODY_LIMIT) {
        throw tooLong();
      }
      body.write(exactly(size));
      if (!line().isEmpty()) {
        throw new ProtocolException("A chunk does not end where it said");
      }
    }
  }

  private byte[] exactly(int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException(
          "The connection ended after " + bytes.length + " of " + size + " bytes");
    }
    return bytes;
  }

  private Map<String, String> headers() throws IOException {
    var headers = new LinkedHashMap<String, String>();
    for (int count = 0; count <= HEADER_LIMIT; count++) {
      String line = line();
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new ProtocolException("A header line has no name");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    throw new ProtocolException("More than " + HEADER_LIMIT + " header lines");
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream(128);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The connection ended within a response's head");
      }
      if (line.size() >= LINE_LIMIT) {
        throw new ProtocolException("A line is longer than " + LINE_LIMIT + " bytes");
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
      throw new ProtocolException("Not an HTTP/1.1 status line");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number < 0) {
        throw new ProtocolException("A length is negative");
      }
      if (number > BODY_LIMIT) {
        throw tooLong();
      }
      return number;
    } catch (NumberFormatException e) {
      throw new ProtocolException("A length is no number");
    }
  }

  private static ProtocolException tooLong() {
    return new ProtocolException("A body is longer than " + BODY_LIMIT + " bytes");
  }
}
