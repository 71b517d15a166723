package dev.portcullis.cli;

import dev.portcullis.api.ApiResponse;
import dev.portcullis.api.Json;
import dev.portcullis.app.Control;
import dev.portcullis.config.Configuration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A way to the API: of the running node, or, where none runs, of the state directory itself. */
interface Connection extends AutoCloseable {
  ApiResponse send(String method, String path, Map<String, String> query, JsonNode body);

  @Override
  void close();

  /** To the running node if there is one. */
  static Connection open(Configuration configuration) {
    return Control.find(configuration.node().state())
        .<Connection>map(RemoteConnection::new)
        .filter(connection -> ((RemoteConnection) connection).answers())
        .orElseGet(() -> new LocalConnection(configuration));
  }

  /** The document, or an exception with the problem's words. */
  default JsonNode get(String path) {
    return document(send("GET", path, Map.of(), Json.tree(Map.of())));
  }

  /** The document, or an exception with the problem's words. */
  default JsonNode get(String path, Map<String, String> query) {
    return document(send("GET", path, query, Json.tree(Map.of())));
  }

  /** The document, or an exception with the problem's words. */
  default JsonNode post(String path, Map<String, ?> body) {
    return document(send("POST", path, Map.of(), Json.tree(body)));
  }

  private static JsonNode document(ApiResponse response) {
    if (!response.isSuccess()) {
      throw new CommandFailedException(response.body().path("detail").asString("it failed"));
    }
    return response.body();
  }
}
