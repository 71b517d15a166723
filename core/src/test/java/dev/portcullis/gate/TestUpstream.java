package dev.portcullis.gate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A guarded API on a real socket whose answers are given byte by byte. */
final class TestUpstream implements AutoCloseable {
  /** What it does with a request whose head has been read. */
  @FunctionalInterface
  interface Behaviour {
    /** Returns whether the connection may be used again. */
    boolean answer(Request request, InputStream in, OutputStream out) throws Exception;
  }

  /** A request's head as it arrived. */
  record Request(String line, List<String> headers) {
    String header(String name) {
      return headers.stream()
          .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .reduce((one, two) -> one + " AND " + two)
          .orElse("");
    }

    String path() {
      return line.split(" ", -1)[1];
    }
  }

  private final ServerSocket server = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Behaviour behaviour = (request, in, out) -> json(out, "{}");

  TestUpstream() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        String line = line(in);
        if (line.isEmpty()) {
          return;
        }
        var headers = new CopyOnWriteArrayList<String>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
          headers.add(header);
        }
        var request = new Request(line, headers);
        requests.add(request);
        if (!behaviour.answer(request, in, out)) {
          return;
        }
      }
    } catch (Exception over) {
      // The other side went away, or the test is over.
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    int c;
    while ((c = in.read()) >= 0 && c != '\n') {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  static void write(OutputStream out, String latin) throws IOException {
    out.write(latin.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  static boolean json(OutputStream out, String body) throws IOException {
    write(
        out,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    return true;
  }

  void behave(Behaviour next) {
    behaviour = next;
  }

  /** Closes all connections that stand now. */
  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    sockets.clear();
  }

  List<Request> requests() {
    return requests;
  }

  int connections() {
    return connections.get();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
    hangUp();
  }
}
