package dev.portcullis.analyze.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a JSON log's names may stand for; {@code --field time=NAME} says it for names of one's own.
 */
public enum Field {
  /** When: ISO 8601, the common log's way, or since 1970. */
  TIME,
  /** Who asked. */
  SOURCE,
  /** X-Forwarded-For. */
  FORWARDED,
  /** Who was authenticated. */
  USER,
  /** An API key or its id. */
  KEY,
  /** GET, POST ... */
  METHOD,
  /** Path and query, or a whole URI. */
  TARGET,
  /** Query, where the target is without. */
  QUERY,
  /** Method, target and version in one. */
  REQUEST,
  /** Of the answer. */
  STATUS,
  /** Received. */
  RECEIVED,
  /** Sent. */
  SENT,
  /** User-Agent. */
  AGENT,
  /** Referer. */
  REFERER;

  /** As the command line takes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static Optional<Field> named(String word) {
    return Arrays.stream(values()).filter(field -> field.word().equals(word)).findFirst();
  }

  /** All names, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(Field::word).collect(Collectors.joining(", "));
  }
}
