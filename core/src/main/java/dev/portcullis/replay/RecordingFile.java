package dev.portcullis.replay;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads recorded traffic in the format of the API Traffic Research Dataset Framework: one JSON
 * object a line, gzip or plain.
 */
final class RecordingFile {
  /** Exchanges of one file: they are held in memory to be shuffled. */
  static final int MAX_EXCHANGES = 1_000_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RecordingFile() {}

  /**
   * All exchanges of that file.
   *
   * @throws ReplayException naming file, line, what is wrong and what would be right
   */
  static List<RecordedExchange> read(Path file) {
    var exchanges = new ArrayList<RecordedExchange>();
    int line = 0;
    try (InputStream raw = Files.newInputStream(file);
        var reader = new BufferedReader(new InputStreamReader(text(raw), StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          if (exchanges.size() == MAX_EXCHANGES) {
            throw new ReplayException(
                file
                    + ", line "
                    + line
                    + ": more than "
                    + MAX_EXCHANGES
                    + " exchanges; split the file");
          }
          exchanges.add(exchange(file, line, text));
        }
      }
    } catch (EOFException | ZipException e) {
      throw new ReplayException(
          file + ", after line " + line + ": the gzip stream is broken; fetch the file again", e);
    } catch (IOException e) {
      throw new ReplayException(file + ": can't be read: " + e.getMessage(), e);
    }
    if (exchanges.isEmpty()) {
      throw new ReplayException(file + ": no exchanges (expected: one JSON object a line)");
    }
    return exchanges;
  }

  private static InputStream text(InputStream raw) throws IOException {
    var stream = new PushbackInputStream(raw, 2);
    byte[] start = stream.readNBytes(2);
    stream.unread(start);
    boolean gzip = start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
    return gzip ? new GZIPInputStream(stream) : stream;
  }

  private static RecordedExchange exchange(Path file, int line, String text) {
    try {
      JsonNode node = JSON.readTree(text);
      JsonNode request = object(node, "request");
      JsonNode response = object(node, "response");
      return new RecordedExchange(
          line,
          string(request, "method"),
          target(string(request, "url")),
          headers(request),
          request.path("body").asString(""),
          Optional.of(request.path("Attack_Tag").asString("")).filter(tag -> !tag.isBlank()),
          new RecordedExchange.Response(
              status(response), headers(response), response.path("body").asString("")));
    } catch (JacksonException | IllegalArgumentException e) {
      String problem =
          e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
      throw new ReplayException(
          file
              + ", line "
              + line
              + ": "
              + problem
              + " (expected: {\"request\": {\"method\", \"url\", \"headers\", \"body\"},"
              + " \"response\": {\"status_code\", \"headers\", \"body\"}})",
          e);
    }
  }

  private static JsonNode object(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isObject()) {
      throw new IllegalArgumentException("no object \"" + name + "\"");
    }
    return value;
  }

  private static String string(JsonNode node, String name) {
    String value = node.path(name).asString("");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("no text \"" + name + "\"");
    }
    return value;
  }

  private static int status(JsonNode response) {
    int status = response.path("status_code").asInt(0);
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("\"status_code\" is not from 200 to 599");
    }
    return status;
  }

  private static List<Map.Entry<String, String>> headers(JsonNode node) {
    var headers = new ArrayList<Map.Entry<String, String>>();
    node.path("headers")
        .properties()
        .forEach(header -> headers.add(Map.entry(header.getKey(), header.getValue().asString(""))));
    return List.copyOf(headers);
  }

  /** What stands behind the authority, untouched: a client library would normalise it away. */
  private static String target(String url) {
    int scheme = url.indexOf("://");
    int start = scheme < 0 ? 0 : scheme + 3;
    for (int i = start; i < url.length(); i++) {
      char letter = url.charAt(i);
      if (letter == '/') {
        return url.substring(i);
      }
      if (letter == '?') {
        return "/" + url.substring(i);
      }
    }
    return "/";
  }
}
