package dev.portcullis.gate.authn;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Reads JWK sets from a file or over HTTPS: bounded in size and time, no redirects followed. Plain
 * HTTP is taken from this machine only.
 */
final class KeyDocuments {
  /** Longest document, in bytes. */
  static final int MAX_BYTES = 256 << 10;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Supplier<HttpClient.Builder> clients;

  KeyDocuments(Supplier<HttpClient.Builder> clients) {
    this.clients = clients;
  }

  static KeyDocuments overTheNetwork() {
    return new KeyDocuments(HttpClient::newBuilder);
  }

  /**
   * Whether that may be read.
   *
   * @throws IllegalArgumentException if not
   */
  static void require(URI uri) {
    boolean isSafe =
        switch (String.valueOf(uri.getScheme())) {
          case "file", "https" -> true;
          case "http" -> THIS_MACHINE.contains(String.valueOf(uri.getHost()));
          default -> false;
        };
    if (!isSafe) {
      throw new IllegalArgumentException(
          "Keys from %s (expected: a file: or https: URI)".formatted(uri));
    }
  }

  /** Blocks, up to ten seconds. */
  byte[] read(URI uri) throws IOException, InterruptedException {
    require(uri);
    return "file".equals(uri.getScheme()) ? fromFile(Path.of(uri)) : fromNetwork(uri);
  }

  private static byte[] fromFile(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("more than %d bytes".formatted(MAX_BYTES));
      }
      return bytes;
    }
  }

  private byte[] fromNetwork(URI uri) throws IOException, InterruptedException {
    // a client of its own for each reading: it happens every few minutes, and leaves no threads
    HttpClient client =
        clients.get().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NEVER).build();
    try {
      var request =
          HttpRequest.newBuilder(uri)
              .header("Accept", "application/jwk-set+json, application/json")
              .build();
      // the time limit is on the whole body, too, not only on its beginning
      var response =
          client
              .sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES))
              .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("status %d (expected: 200)".formatted(response.statusCode()));
      }
      return response.body();
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + TIMEOUT.toSeconds() + " s", e);
    } finally {
      client.shutdownNow();
    }
  }
}
