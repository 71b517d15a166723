package dev.portcullis.recover.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the lines of JSON that the engine writes during a backup. */
final class BackupOutput implements Child.Reader {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String phase;
  private final Progress.Listener listener;
  private final long start = System.nanoTime();
  private long added;
  private long packed;
  private Optional<Summary> summary = Optional.empty();

  BackupOutput(String phase, Progress.Listener listener) {
    this.phase = phase;
    this.listener = listener;
  }

  @Override
  public void read(InputStream out) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("{")) {
        try {
          take(JSON.readTree(line));
        } catch (JacksonException notJson) {
          // a line cut off by the end of the process says nothing
        }
      }
    }
  }

  Optional<Summary> summary() {
    return summary;
  }

  private void take(JsonNode message) {
    switch (message.path("message_type").asString("")) {
      case "status" ->
          listener.moved(
              Progress.of(
                  phase,
                  message.path("bytes_done").asLong(0),
                  message.path("total_bytes").asLong(0),
                  System.nanoTime() - start));
      case "verbose_status" -> {
        // older versions tell the compressed size only of each file
        added += message.path("data_size").asLong(0) + message.path("metadata_size").asLong(0);
        packed +=
            message.path("data_size_in_repo").asLong(0)
                + message.path("metadata_size_in_repo").asLong(0);
      }
      case "summary" ->
          summary =
              Optional.of(
                  new Summary(
                      message.path("snapshot_id").asString(""),
                      message.path("total_files_processed").asLong(0),
                      message.path("total_bytes_processed").asLong(0),
                      message.path("data_added").asLong(added),
                      message.path("data_added_packed").asLong(packed)));
      default -> {
        // messages of newer versions
      }
    }
  }
}
