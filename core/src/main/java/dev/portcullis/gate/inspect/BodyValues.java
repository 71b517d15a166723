package dev.portcullis.gate.inspect;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The texts of a body, by its media type: strings of JSON, fields of a form, parts of a multipart
 * form, texts and attributes of XML, else the whole. Lenient, because the body may be cut off and
 * may be hostile. A media type may lie: what looks like JSON is read as JSON besides.
 */
final class BodyValues {
  /** Texts looked at in one body; the bytes as a whole are inspected besides. */
  private static final int MAX_VALUES = 8_192;

  /** Boundaries of one multipart body that are tried: nobody honest declares a second one. */
  private static final int MAX_BOUNDARIES = 4;

  private static final Pattern BOUNDARY =
      Pattern.compile("(?i);[ \\t]*boundary[ \\t]*=[ \\t]*(\"[^\"]*\"|[^;, \\t\"]*)");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern FILE = Pattern.compile("(?i);[ \\t]*filename\\*?[ \\t]*=");
  private static final String DISPOSITION = "content-disposition";

  private final Consumer<String> consumer;
  private int left = MAX_VALUES;

  private BodyValues(Consumer<String> consumer) {
    this.consumer = consumer;
  }

  static void of(String contentType, String body, Consumer<String> consumer) {
    int parameters = contentType.indexOf(';');
    String type =
        (parameters < 0 ? contentType : contentType.substring(0, parameters))
            .strip()
            .toLowerCase(Locale.ROOT);
    String start = body.stripLeading();
    boolean looksJson = start.startsWith("{") || start.startsWith("[");
    boolean multipart = type.startsWith("multipart/");
    boolean form = type.contains("form-urlencoded");
    boolean json = type.contains("json");
    boolean xml = type.contains("xml") || start.startsWith("<?xml");
    var values = new BodyValues(consumer);
    if (multipart) {
      values.multipart(contentType, body);
    }
    if (form) {
      values.form(body);
    }
    if (json || looksJson) {
      values.json(body);
    }
    if (xml) {
      values.xml(body);
    }
    boolean isRead = multipart || form || xml || (json && (looksJson || start.startsWith("\"")));
    if (!isRead && !isBinary(type)) {
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
      int equals = body.indexOf('=', from, end);
      boolean named = equals >= 0;
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
    for (int open = body.indexOf('"', from, to); open >= 0; ) {
      int end = body.indexOf('"', open + 1, to);
      if (end < 0) {
        return;
      }
      add(body.substring(open + 1, end));
      open = body.indexOf('"', end + 1, to);
    }
  }

  private void multipart(String contentType, String body) {
    var declared = BOUNDARY.matcher(contentType);
    int tried = 0;
    while (tried < MAX_BOUNDARIES && declared.find()) {
      String boundary = contentType.substring(declared.start(1), declared.end(1)).replace("\"", "");
      parts(body, "\n--" + boundary);
      tried++;
    }
    if (tried == 0) {
      add(body);
    }
  }

  /** Parts between delimiters (RFC 2046 §5.1.1), each at a line's beginning. */
  private void parts(String body, String delimiter) {
    // The line feed before the first one may be missing.
    int at = body.startsWith(delimiter.substring(1)) ? -1 : body.indexOf(delimiter);
    boolean none = at < 0 && !body.startsWith(delimiter.substring(1));
    add(body.substring(0, none ? body.length() : Math.max(at, 0)).strip());
    while (!none && left > 0) {
      // A bare line feed divides parts for some servers and not for others.
      boolean certain = at < 0 || (at > 0 && body.charAt(at - 1) == '\r');
      int from = at + delimiter.length();
      int next = body.indexOf(delimiter, from);
      part(body.substring(from, next < 0 ? body.length() : next), certain);
      if (next < 0) {
        return;
      }
      at = next;
    }
  }

  /** Heads of parts give what is in quotes (names, file names); bodies of parts without a file. */
  private void part(String part, boolean certain) {
    int gap = part.indexOf("\r\n\r\n");
    int head = gap < 0 ? part.length() : gap;
    attributes(part, 0, head);
    if (gap < 0 || !certain) {
      add(part.strip());
    } else if (!isFile(part.substring(0, head))) {
      add(part.substring(gap + 4).strip());
    }
  }

  /** Whether a part's head says so outside quotes: a field may be called {@code filename}. */
  private static boolean isFile(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, DISPOSITION, 0, DISPOSITION.length()))
        .map(line -> QUOTED.matcher(line).replaceAll(""))
        .anyMatch(line -> FILE.matcher(line).find());
  }
}
