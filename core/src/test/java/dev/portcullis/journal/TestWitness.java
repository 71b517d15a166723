package dev.portcullis.journal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;

/** A witness as c2sp.org/tlog-witness describes it, over real HTTP. */
final class TestWitness implements AutoCloseable {
  /** What it does. */
  enum Mood {
    HONEST,
    REFUSING,
    /** Takes the request and never answers. */
    SILENT,
    /** Signs with a key that is not its own. */
    FORGING,
    /** Signs another tree than the one it was shown. */
    LYING,
    /** An answer without end. */
    ENDLESS
  }

  private final HttpServer server;
  private final String logVkey;
  private final KeyPair keys;
  private final KeyPair others;
  private final String name;
  private long size;
  private byte[] root = new byte[0];
  volatile Mood mood = Mood.HONEST;
  private int requests;

  TestWitness(String name, String logVkey) throws IOException, GeneralSecurityException {
    this.name = name;
    this.logVkey = logVkey;
    this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    this.others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/w/add-checkpoint", this::addCheckpoint);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/w");
  }

  private static byte[] raw(KeyPair pair) {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private byte[] id(KeyPair pair) throws GeneralSecurityException {
    var sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 4);
    return Arrays.copyOf(sha256.digest(raw(pair)), 4);
  }

  String vkey() throws GeneralSecurityException {
    byte[] typed = ByteBuffer.allocate(33).put((byte) 4).put(raw(keys)).array();
    return name
        + "+"
        + HexFormat.of().formatHex(id(keys))
        + "+"
        + Base64.getEncoder().encodeToString(typed);
  }

  synchronized int requests() {
    return requests;
  }

  synchronized long size() {
    return size;
  }

  /** Pretends to have seen a longer tree. */
  synchronized void hasSeen(long records) {
    size = records;
  }

  private void addCheckpoint(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    synchronized (this) {
      requests++;
    }
    switch (mood) {
      case REFUSING -> answer(exchange, 503, "text/plain", "not today");
      case SILENT -> {
        // the connection stays open, and nothing comes
      }
      case ENDLESS -> {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
          byte[] noise = new byte[8 << 10];
          for (int i = 0; i < 100_000; i++) {
            out.write(noise);
          }
        }
      }
      default -> witness(exchange, body);
    }
  }

  private synchronized void witness(HttpExchange exchange, String body) throws IOException {
    int empty = body.indexOf("\n\n");
    List<String> lines = body.substring(0, empty).lines().toList();
    String note = body.substring(empty + 2);
    long old = Long.parseLong(lines.getFirst().substring("old ".length()));
    var proof = new ArrayList<byte[]>();
    lines.stream().skip(1).forEach(line -> proof.add(Base64.getDecoder().decode(line)));
    Checkpoint checkpoint = Checkpoint.parse(note).orElseThrow();
    long newSize = checkpoint.head().size();
    byte[] newRoot = Base64.getDecoder().decode(checkpoint.head().root());
    if (!checkpoint.isSignedBy(VerifierKey.parse(logVkey))) {
      answer(exchange, 403, "text/plain", "");
    } else if (old > newSize) {
      answer(exchange, 400, "text/plain", "");
    } else if (old != size) {
      answer(exchange, 409, "text/x.tlog.size", size + "\n");
    } else if (old == 0
        ? !proof.isEmpty()
        : !ProofCheck.consistency(old, root, newSize, newRoot, proof)) {
      answer(exchange, 422, "text/plain", "");
    } else {
      size = newSize;
      root = newRoot;
      answer(exchange, 200, "text/plain", cosign(checkpoint.text()));
    }
  }

  private String cosign(String text) {
    try {
      long time = 1_790_000_000L + size;
      String signed = mood == Mood.LYING ? text.replace(text.charAt(text.length() - 5), 'x') : text;
      var signature = Signature.getInstance("Ed25519");
      signature.initSign((mood == Mood.FORGING ? others : keys).getPrivate());
      signature.update(
          ("cosignature/v1\ntime " + time + "\n" + signed).getBytes(StandardCharsets.UTF_8));
      byte[] all =
          ByteBuffer.allocate(4 + 8 + 64).put(id(keys)).putLong(time).put(signature.sign()).array();
      String line = "\u2014 " + name + " " + Base64.getEncoder().encodeToString(all) + "\n";
      // a second key that nobody knows: to be ignored
      return "\u2014 " + name + "/other " + Base64.getEncoder().encodeToString(all) + "\n" + line;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
