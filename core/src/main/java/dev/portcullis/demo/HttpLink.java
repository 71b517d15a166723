package dev.portcullis.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One client's keep-alive HTTP/1.1 connection, from a source address of its own; connects when
 * needed. Not thread-safe.
 */
final class HttpLink implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final GateAddress gate;
  private final InetAddress source;
  private @Nullable Connection connection;

  private record Connection(Socket socket, BufferedInputStream in, OutputStream out) {}

  /**
   * @param source local address to come from, such as 127.0.0.11
   */
  HttpLink(GateAddress gate, InetAddress source) {
    this.gate = gate;
    this.source = source;
  }

  /**
   * Sends a request and reads its response. A connection that the server closed while it was idle
   * is replaced once.
   *
   * @param target path and query
   * @param body JSON; empty: none
   */
  HttpAnswer send(String method, String target, Map<String, String> headers, byte[] body)
      throws IOException {
    byte[] request = request(method, target, headers, body);
    Connection reused = connection;
    if (reused != null) {
      if (sent(reused, request)) {
        return answer(reused);
      }
      close();
    }
    Connection fresh = connect();
    connection = fresh;
    if (!sent(fresh, request)) {
      close();
      throw new IOException(gate + " closed the connection without an answer");
    }
    return answer(fresh);
  }

  /** Whether the first byte of an answer has come; without it, the server did not take it up. */
  private static boolean sent(Connection connection, byte[] request) throws IOException {
    try {
      connection.out().write(request);
      connection.out().flush();
      connection.in().mark(1);
      if (connection.in().read() < 0) {
        return false;
      }
      connection.in().reset();
      return true;
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpAnswer answer(Connection current) throws IOException {
    try {
      HttpAnswer answer = new HttpReader(current.in()).read();
      boolean ended =
          "close".equalsIgnoreCase(answer.headers().get("connection"))
              || (!answer.headers().containsKey("content-length")
                  && !answer.headers().containsKey("transfer-encoding"));
      if (ended) {
        close();
      }
      return answer;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Connection connect() throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(source, 0));
      socket.connect(new InetSocketAddress(gate.host(), gate.port()), (int) CONNECT.toMillis());
      socket.setSoTimeout((int) ANSWER.toMillis());
      Socket through = gate.tls().isPresent() ? secured(socket, gate.tls().get()) : socket;
      return new Connection(
          through, new BufferedInputStream(through.getInputStream()), through.getOutputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket socket, SSLContext tls) throws IOException {
    var secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, gate.host(), gate.port(), true);
    var parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  private byte[] request(String method, String target, Map<String, String> headers, byte[] body) {
    var head = new StringBuilder();
    head.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(gate.host()).append(':').append(gate.port()).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length);
      head.append("\r\n");
    }
    head.append("\r\n");
    var request = new ByteArrayOutputStream();
    request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }

  @Override
  public void close() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      try {
        current.socket().close();
      } catch (IOException e) {
        // it is given up either way
      }
    }
  }
}
