package dev.portcullis.cli;

import dev.portcullis.api.ApiResponse;
import dev.portcullis.api.Json;
import dev.portcullis.app.Control;
import dev.portcullis.app.PinnedTls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Over HTTPS to a running node, whose certificate and token lie in its state directory. */
final class RemoteConnection implements Connection {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

  /** A restore of a large asset takes its time. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofHours(1);

  private final Control control;
  private final HttpClient client;

  RemoteConnection(Control control) {
    this.control = control;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .sslContext(PinnedTls.trusting(control.certificate()))
            .build();
  }

  /** False when nothing listens there: the node was killed. */
  boolean answers() {
    try {
      client.send(
          request("/api/v1/clocks").timeout(Duration.ofSeconds(30)).GET().build(),
          BodyHandlers.discarding());
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new CommandFailedException(
          "The node at " + control.url() + " does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("Interrupted");
    }
  }

  @Override
  public ApiResponse send(String method, String path, Map<String, String> query, JsonNode body) {
    String parameters =
        query.entrySet().stream()
            .map(entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    var request = request(parameters.isEmpty() ? path : path + "?" + parameters);
    if (method.equals("GET")) {
      request.GET();
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(Json.line(body)));
    }
    try {
      var response =
          client.send(request.timeout(ANSWER_TIMEOUT).build(), BodyHandlers.ofByteArray());
      return new ApiResponse(response.statusCode(), Json.parse(response.body()));
    } catch (IOException e) {
      throw new CommandFailedException(
          "The node at " + control.url() + " broke off: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("Interrupted");
    }
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(control.url() + pathAndQuery))
        .header("Authorization", "Bearer " + control.token())
        .header("X-Portcullis-User", System.getProperty("user.name", "command-line"));
  }

  @Override
  public void close() {
    client.close();
  }
}
