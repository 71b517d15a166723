package dev.portcullis.replay;

import dev.portcullis.gate.RequestHead;
import dev.portcullis.gate.inspect.Inspection;
import dev.portcullis.gate.inspect.RuleInspection;
import dev.portcullis.journal.Carried;
import dev.portcullis.journal.Client;
import dev.portcullis.journal.Exchange;
import dev.portcullis.journal.Finding;
import dev.portcullis.journal.Outcome;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The least that a gate does: inspects, forwards, records; hangs up on zero bytes. */
final class InspectingGate implements AutoCloseable {
  private static final Inspection INSPECTION = RuleInspection.standard();

  private final ServerSocket server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  private final MemoryJournal journal = new MemoryJournal();
  private final InetSocketAddress upstream;

  InspectingGate(InetSocketAddress upstream) throws IOException {
    this.upstream = upstream;
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  MemoryJournal journal() {
    return journal;
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        serve(client);
      } catch (IOException e) {
        // the next one
      }
    }
  }

  private void serve(Socket client) throws IOException {
    var in = new BufferedInputStream(client.getInputStream());
    var lines = new ArrayList<String>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    String head = String.join("\r\n", lines);
    if (head.indexOf('\0') >= 0) {
      return;
    }
    String[] start = lines.getFirst().split(" ");
    var headers = new ArrayList<Map.Entry<String, String>>();
    int length = 0;
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(colon + 1).strip());
      }
    }
    byte[] body = in.readNBytes(length);
    var findings = new ArrayList<Finding>(INSPECTION.head(new Head(start[0], start[1], headers)));
    findings.addAll(INSPECTION.body("application/json", body));
    byte[] answer = forward(head, body);
    int status = Integer.parseInt(new String(answer, StandardCharsets.UTF_8).split(" ", 3)[1]);
    journal.append(exchange(start, status, body, findings));
    client.getOutputStream().write(answer);
  }

  private byte[] forward(String head, byte[] body) throws IOException {
    try (var socket = new Socket(upstream.getAddress(), upstream.getPort())) {
      var out = socket.getOutputStream();
      out.write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      socket.shutdownOutput();
      return socket.getInputStream().readAllBytes();
    }
  }

  private static Exchange exchange(
      String[] start, int status, byte[] body, List<Finding> findings) {
    return new Exchange(
        Instant.EPOCH,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "127.0.0.1",
        Client.UNKNOWN,
        start[0],
        start[1],
        status,
        body.length,
        0,
        new Outcome.Forwarded(),
        findings,
        Carried.NOTHING,
        Carried.NOTHING);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int letter = in.read(); letter >= 0 && letter != '\n'; letter = in.read()) {
      if (letter != '\r') {
        line.append((char) letter);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private record Head(String method, String target, List<Map.Entry<String, String>> lines)
      implements RequestHead {
    @Override
    public String path() {
      return target;
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public String source() {
      return "127.0.0.1";
    }

    @Override
    public Optional<String> header(String name) {
      return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
      return lines.stream()
          .filter(line -> line.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .toList();
    }

    @Override
    public void forEachHeader(BiConsumer<String, String> action) {
      lines.forEach(line -> action.accept(line.getKey(), line.getValue()));
    }
  }
}
