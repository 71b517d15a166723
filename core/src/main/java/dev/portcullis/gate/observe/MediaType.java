package dev.portcullis.gate.observe;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What a Content-Type says about how to read a body.
 *
 * @param header whether the first row names the columns; only of CSV (RFC 4180 §3)
 */
record MediaType(Format format, Charset charset, boolean header) {
  /** How the bytes are to be read. */
  enum Format {
    JSON,
    JSON_LINES,
    EVENTS,
    CSV,
    FORM,
    XML
  }

  private static final MediaType JSON = new MediaType(Format.JSON, StandardCharsets.UTF_8, true);

  /** The media type of that field, if bodies of it can be read. */
  static Optional<MediaType> of(Optional<String> contentType) {
    return contentType.flatMap(MediaType::of);
  }

  private static Optional<MediaType> of(String contentType) {
    if (contentType.equals("application/json")) {
      return Optional.of(JSON);
    }
    String[] parts = contentType.split(";", -1);
    Optional<Format> format = format(parts[0].strip().toLowerCase(Locale.ROOT));
    if (format.isEmpty()) {
      return Optional.empty();
    }
    Charset charset = StandardCharsets.UTF_8;
    boolean header = true;
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT).replace("\"", "");
      header &= !parameter.equals("header=absent");
      // JSON has none: it is UTF-8 whatever a parameter says (RFC 8259 §11).
      if (parameter.startsWith("charset=") && !isJson(format.get())) {
        Optional<Charset> known = charset(parameter.substring("charset=".length()));
        if (known.isEmpty()) {
          return Optional.empty();
        }
        charset = known.get();
      }
    }
    boolean latinElsewhere = !charset.equals(StandardCharsets.UTF_8) && format.get() != Format.CSV;
    return latinElsewhere
        ? Optional.empty()
        : Optional.of(new MediaType(format.get(), charset, header));
  }

  private static boolean isJson(Format format) {
    return format == Format.JSON || format == Format.JSON_LINES || format == Format.EVENTS;
  }

  private static Optional<Charset> charset(String name) {
    return switch (name) {
      case "utf-8", "utf8", "us-ascii" -> Optional.of(StandardCharsets.UTF_8);
      case "iso-8859-1", "latin1" -> Optional.of(StandardCharsets.ISO_8859_1);
      case "windows-1252" -> Optional.of(Charset.forName("windows-1252"));
      default -> Optional.empty();
    };
  }

  private static Optional<Format> format(String type) {
    return switch (type) {
      case "application/json", "text/json" -> Optional.of(Format.JSON);
      case "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "application/jsonlines",
          "application/stream+json",
          "text/x-ndjson" ->
          Optional.of(Format.JSON_LINES);
      case "text/event-stream" -> Optional.of(Format.EVENTS);
      case "text/csv", "application/csv" -> Optional.of(Format.CSV);
      case "application/x-www-form-urlencoded" -> Optional.of(Format.FORM);
      case "application/xml", "text/xml" -> Optional.of(Format.XML);
      default ->
          type.endsWith("+json")
              ? Optional.of(Format.JSON)
              : type.endsWith("+xml") ? Optional.of(Format.XML) : Optional.empty();
    };
  }
}
