package dev.portcullis.gate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client that sends exactly the bytes it is told to, and reads responses. */
final class RawHttp implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  RawHttp(InetSocketAddress address) throws IOException {
    this(new Socket(address.getAddress(), address.getPort()));
  }

  RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Bytes given as Latin-1. */
  RawHttp send(String latin) throws IOException {
    return send(latin.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawHttp send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  InputStream in() {
    return in;
  }

  Socket socket() {
    return socket;
  }

  /** A response as read. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Response(int status, List<String> headers, byte[] body) {
    Optional<String> header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Response get(String path, String... headers) throws IOException {
    var request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: api\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return send(request.append("\r\n").toString()).read();
  }

  Response read() throws IOException {
    return read(true);
  }

  Response readToHead() throws IOException {
    return read(false);
  }

  /** Reads a head and stops before the body. */
  Response head() throws IOException {
    String status = line();
    var headers = new ArrayList<String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    return new Response(Integer.parseInt(status.substring(9, 12)), headers, new byte[0]);
  }

  private Response read(boolean withBody) throws IOException {
    Response head = head();
    return new Response(head.status(), head.headers(), withBody ? body(head) : new byte[0]);
  }

  private byte[] body(Response head) throws IOException {
    if (head.status() < 200 || head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if (head.header("transfer-encoding").isPresent()) {
      return chunks();
    }
    if (head.header("content-length").isPresent()) {
      return exactly(Integer.parseInt(head.header("content-length").get()));
    }
    return in.readAllBytes();
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.write(exactly(size));
      if (!line().isEmpty()) {
        throw new IOException("chunk without end");
      }
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  String line() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      int c = in.read();
      if (c < 0) {
        throw new EOFException("after \"" + line + "\"");
      }
      if (c == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1);
      }
      if (c != '\r') {
        line.write(c);
      }
    }
  }

  /** Everything until the connection is closed, properly or not. */
  boolean isClosedByPeer() {
    try {
      return in.read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
