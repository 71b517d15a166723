package dev.portcullis.gate.testing;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Formats of bodies that are lists of records, written as their standards say. */
public enum BodyFormat {
  JSON("application/json", "$[*]"),
  JSON_LINES("application/x-ndjson", "$[*]"),
  EVENTS("text/event-stream", "$[*]"),
  CSV("text/csv; charset=utf-8", "$[*]"),
  XML("application/xml", "$.people.person");

  private final String contentType;
  private final String record;

  BodyFormat(String contentType, String record) {
    this.contentType = contentType;
    this.record = record;
  }

  /** The Content-Type. */
  public String contentType() {
    return contentType;
  }

  /** The JSON path to one member of every record. */
  public String path(String member) {
    return record + "." + member;
  }

  /** Records with the same members each, at least one. */
  public String write(List<Map<String, String>> records) {
    return switch (this) {
      case JSON ->
          records.stream().map(BodyFormat::object).collect(Collectors.joining(", ", "[", "]"));
      case JSON_LINES ->
          records.stream().map(BodyFormat::object).collect(Collectors.joining("\n", "", "\n"));
      case EVENTS ->
          records.stream()
              .map(each -> "id: 7\nevent: person\ndata: " + object(each) + "\n\n")
              .collect(Collectors.joining("", ": hello\n\n", ""));
      case CSV ->
          String.join(",", records.getFirst().keySet())
              + "\r\n"
              + records.stream()
                  .map(each ->
                      each.values().stream()
                          .map(BodyFormat::field)
                          .collect(Collectors.joining(",")))
                  .collect(Collectors.joining("\r\n", "", "\r\n"));
      case XML ->
          records.stream()
              .map(BodyFormat::element)
              .collect(
                  Collectors.joining(
                      "\n", "<?xml version=\"1.0\"?>\n<!-- all --><people>", "</people>"));
    };
  }

  private static String object(Map<String, String> record) {
    return record.entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\":\"" + escaped(each.getValue()) + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String escaped(String text) {
    var out = new StringBuilder();
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
          } else if (c < 0x20) {
            out.append("\\u%04x".formatted(c));
          } else {
            out.append((char) c);
          }
        });
    return out.toString();
  }

  private static String field(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static String element(Map<String, String> record) {
    return record.entrySet().stream()
        .map(each ->
            "<p:%s xmlns:p=\"urn:p\">%s</p:%s>"
                .formatted(
                    each.getKey(),
                    each.getValue()
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace("\r", "&#13;"),
                    each.getKey()))
        .collect(Collectors.joining("", "<person>", "</person>"));
  }
}
