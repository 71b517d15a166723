package dev.portcullis.replay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The guarded API of a replay: a real HTTP/1.1 server on loopback that answers whatever is asked
 * with the answer recorded for the request that is being sent just now. There is only one at a
 * time, so nothing needs to be added to a request to tell which. It reads targets as bytes and
 * takes no offence at any, as the recorded server did not.
 */
public final class RecordedUpstream implements AutoCloseable {
  /** Connections at once; more wait. */
  private static final int CONNECTIONS = 64;

  /** Bytes of a request's head; more closes the connection. */
  private static final int HEAD = 128 << 10;

  /** Headers that describe the recording's connection and not the answer. */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "content-encoding");

  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Semaphore connections = new Semaphore(CONNECTIONS);
  private final AtomicInteger answered = new AtomicInteger();
  private volatile RecordedExchange.Response next =
      new RecordedExchange.Response(503, List.of(), "");

  /** Listens on a free port of loopback. */
  @SuppressWarnings("ThreadStart") // ends with the socket
  public RecordedUpstream() {
    try {
      server = new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new ReplayException("no port for the recorded API: " + e.getMessage(), e);
    }
    Thread.ofVirtual().name("recorded-upstream").start(this::accept);
  }

  /** Where it listens: what the gate's upstream must be. */
  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  /** From now on it answers so. */
  void answerWith(RecordedExchange.Response response) {
    next = response;
  }

  /** Requests answered since the start. */
  public int answered() {
    return answered.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connections.acquire();
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException | InterruptedException e) {
        connections.release(); // closed, or this one connection is lost
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (answer(in, out)) {
        answered.incrementAndGet();
      }
    } catch (IOException e) {
      // The gate went away: its business.
    } finally {
      open.remove(socket);
      connections.release();
    }
  }

  /** Answers one request; false when there is none any more. */
  private boolean answer(InputStream in, OutputStream out) throws IOException {
    String head = line(in);
    if (head.isEmpty()) {
      return false;
    }
    boolean bodiless = head.startsWith("HEAD ");
    long length = 0;
    boolean chunked = false;
    int read = head.length();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      read += line.length();
      if (read > HEAD) {
        return false;
      }
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      }
    }
    if (chunked) {
      skipChunks(in);
    } else {
      in.skipNBytes(length);
    }
    RecordedExchange.Response response = next;
    byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
    boolean empty = response.status() == 204 || response.status() == 304;
    var text = new StringBuilder("HTTP/1.1 ").append(response.status()).append(" Recorded\r\n");
    for (Map.Entry<String, String> header : response.headers()) {
      if (!FRAMING.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        text.append(header.getKey()).append(": ");
        text.append(header.getValue().replaceAll("[\\r\\n\\x00]+", " ")).append("\r\n");
      }
    }
    if (!empty) {
      text.append("Content-Length: ").append(body.length).append("\r\n");
    }
    out.write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    if (!bodiless && !empty) {
      out.write(body);
    }
    out.flush();
    return true;
  }

  private static void skipChunks(InputStream in) throws IOException {
    while (true) {
      int size = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
      in.skipNBytes(size);
      if (size == 0) {
        while (!line(in).isEmpty()) {
          // trailers
        }
        return;
      }
      line(in);
    }
  }

  /** Up to the line break; empty at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int letter = in.read(); letter >= 0 && letter != '\n'; letter = in.read()) {
      if (letter != '\r') {
        line.append((char) letter);
      }
      if (line.length() > HEAD) {
        throw new IOException("line too long");
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new ReplayException("the recorded API does not close: " + e.getMessage(), e);
    }
  }
}
