package dev.portcullis.cli;

import dev.portcullis.api.ApiRequest;
import dev.portcullis.api.ApiResponse;
import dev.portcullis.app.Node;
import dev.portcullis.config.Configuration;
import java.time.InstantSource;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Opens the state directory of a node that does not run; nothing listens meanwhile. */
final class LocalConnection implements Connection {
  private final Node node;

  LocalConnection(Configuration configuration) {
    node = Node.open(configuration, InstantSource.system());
  }

  @Override
  public ApiResponse send(String method, String path, Map<String, String> query, JsonNode body) {
    return node.api()
        .handle(
            new ApiRequest(
                method, path, query, body, System.getProperty("user.name", "command-line")));
  }

  @Override
  public void close() {
    node.close();
  }
}
