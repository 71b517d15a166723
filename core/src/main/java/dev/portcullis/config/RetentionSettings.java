package dev.portcullis.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How long exchanges are kept. Of an exchange's data classes the longest period counts; one without
 * any data class has the standard period.
 *
 * @param standard for what no class names; empty: for ever
 * @param classes period of each data class
 */
public record RetentionSettings(Optional<Duration> standard, Map<String, Duration> classes) {
  /** Everything is kept. */
  public static final RetentionSettings KEEP = new RetentionSettings(Optional.empty(), Map.of());

  /** Whether nothing ever expires. */
  public boolean keepsAll() {
    return standard.isEmpty() && classes.isEmpty();
  }

  /** For people and for the record of what was removed, such as {@code default 400d}. */
  public String text() {
    return Stream.concat(
            Stream.of("default " + standard.map(Durations::format).orElse("kept")),
            classes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + " " + Durations.format(entry.getValue())))
        .collect(Collectors.joining(", "));
  }
}
