package dev.portcullis.gate.observe;

import java.util.Locale;
import java.util.Optional;

/** The content codings (RFC 9110 §8.4.1) that can be taken off a body to read it. */
enum ContentCoding {
  IDENTITY,
  GZIP,
  DEFLATE,
  ZSTD,
  BROTLI;

  /** The coding that the field names, if it can be read; several at once can't. Absent: none. */
  static Optional<ContentCoding> of(Optional<String> contentEncoding) {
    return contentEncoding.isEmpty() ? Optional.of(IDENTITY) : named(contentEncoding.get());
  }

  /** The coding of that name, any case. */
  static Optional<ContentCoding> named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> Optional.of(IDENTITY);
      case "gzip", "x-gzip" -> Optional.of(GZIP);
      case "deflate" -> Optional.of(DEFLATE);
      case "zstd" -> Optional.of(ZSTD);
      case "br" -> Optional.of(BROTLI);
      default -> Optional.empty();
    };
  }
}
