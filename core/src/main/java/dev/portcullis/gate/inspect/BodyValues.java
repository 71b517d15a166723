package dev.portcullis.gate.inspect;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * The texts of a body, by its media type: strings of JSON, fields of a form, parts of a multipart
 * form, texts and attributes of XML, else the whole. Lenient, because the body may be cut off and
 * may be hostile; a media type that lies is looked through by the first character.
 */
final class BodyValues {
  /** Texts looked at in one body; the bytes as a whole are inspected besides. */
  private static final int MAX_VALUES = 8_192;

  private final Consumer<String> consumer;
  private int left = MAX_VALUES;

  private BodyValues(Consumer<String> consumer) {
    this.consumer = consumer;
  }

  static void of(String contentType, String body, Consumer<String> consumer) {
    String type = contentType.toLowerCase(Locale.ROOT);
    var values = new BodyValues(consumer);
    String start = body.stripLeading();
    if (type.contains("multipart/")) {
      values.multipart(body);
    } else if (type.contains("json") || start.startsWith("{") || start.startsWith("[")) {
      values.json(body);
    } else if (type.contains("xml") || start.startsWith("<?xml")) {
      values.xml(body);
    } else if (type.contains("form-urlencoded")) {
      values.form(body);
    } else if (!isBinary(type)) {
      values.add(body);
    }
  }

  private static boolean isBinary(String type) {
    return type.startsWith("image/")
        || type.startsWith("audio/")
        || type.startsWith("video/")
        || type.startsWith("font/")
        || type.contains("octet-stream")
        || type.contains("zip")
        || type.contains("pdf")
        || type.contains("protobuf")
        || type.contains("grpc");
  }

  private void add(String text) {
    if (left > 0 && !text.isEmpty()) {
      left--;
      consumer.accept(text);
    }
  }

  private void json(String body) {
    int i = 0;
    while (i < body.length() && left > 0) {
      int open = body.indexOf('"', i);
      if (open < 0) {
        return;
      }
      var text = new StringBuilder();
      i = string(body, open + 1, text);
      add(text.toString());
    }
  }

  /** Reads a JSON string up to its closing quote, or the end; gives where to go on. */
  private static int string(String body, int from, StringBuilder out) {
    int i = from;
    while (i < body.length()) {
      char letter = body.charAt(i++);
      if (letter == '"') {
        return i;
      }
      if (letter != '\\' || i == body.length()) {
        out.append(letter);
        continue;
      }
      char escaped = body.charAt(i++);
      switch (escaped) {
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'u' -> {
          int code = Escapes.number(body, i, 4);
          if (code >= 0) {
            out.append((char) code);
            i += 4;
          } else {
            out.append("\\u");
          }
        }
        default -> out.append(escaped);
      }
    }
    return i;
  }

  private void form(String body) {
    for (int from = 0; from < body.length() && left > 0; ) {
      int end = body.indexOf('&', from);
      end = end < 0 ? body.length() : end;
      int equals = body.indexOf('=', from);
      boolean named = equals >= 0 && equals < end;
      add(Decoding.percent(body.substring(from, named ? equals : end).replace('+', ' ')));
      if (named) {
        add(Decoding.percent(body.substring(equals + 1, end).replace('+', ' ')));
      }
      from = end + 1;
    }
  }

  /** Texts between tags, and what stands in quotes inside them. */
  private void xml(String body) {
    int i = 0;
    while (i < body.length() && left > 0) {
      int open = body.indexOf('<', i);
      open = open < 0 ? body.length() : open;
      add(body.substring(i, open).strip());
      int close = body.indexOf('>', open);
      close = close < 0 ? body.length() : close;
      attributes(body, open, close);
      i = close + 1;
    }
  }

  private void attributes(String body, int from, int to) {
    for (int open = body.indexOf('"', from); open >= 0 && open < to; ) {
      int end = body.indexOf('"', open + 1);
      if (end < 0 || end > to) {
        return;
      }
      add(body.substring(open + 1, end));
      open = body.indexOf('"', end + 1);
    }
  }

  /** Heads of parts give what is in quotes (names, file names); bodies of parts without a file. */
  private void multipart(String body) {
    String boundary = body.lines().findFirst().orElse("");
    if (!boundary.startsWith("--")) {
      add(body);
      return;
    }
    int from = boundary.length();
    while (from < body.length() && left > 0) {
      int end = body.indexOf(boundary, from);
      end = end < 0 ? body.length() : end;
      part(body.substring(from, end));
      from = end + boundary.length();
    }
  }

  private void part(String part) {
    int gap = part.indexOf("\r\n\r\n");
    int head = gap < 0 ? part.length() : gap;
    attributes(part, 0, head);
    if (gap >= 0 && !part.substring(0, head).toLowerCase(Locale.ROOT).contains("filename")) {
      add(part.substring(gap + 4).strip());
    }
  }
}
