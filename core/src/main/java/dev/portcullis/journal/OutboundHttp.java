package dev.portcullis.journal;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks others over HTTP, with a limit to the time and to the answer. Follows nobody elsewhere. */
final class OutboundHttp implements AutoCloseable {
  /** For the whole exchange, however slowly the answer drips. */
  static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /** An answer. */
  static final class Answer {
    private final int status;
    private final byte[] body;

    private Answer(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    byte[] body() {
      return body;
    }
  }

  Answer post(URI url, String contentType, byte[] body, int maxBytes)
      throws AttestationException, InterruptedException {
    var request =
        HttpRequest.newBuilder(url)
            .timeout(DEADLINE)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    try {
      HttpResponse<byte[]> response = asked.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (TimeoutException e) {
      throw new AttestationException(
          "unreachable", "no answer within " + DEADLINE.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new AttestationException("unreachable", String.valueOf(e.getCause()));
    } finally {
      asked.cancel(true);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
