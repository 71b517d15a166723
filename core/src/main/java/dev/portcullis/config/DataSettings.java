package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which personal data a route's responses carry.
 *
 * @param subjectParameter the path parameter that names the data subject ({@code subject: "{id}"})
 * @param subjectPaths JSON paths to data subjects in the response, such as {@code
 *     $.items[*].patient_id}
 * @param classes data class to the JSON paths that carry it; a class counts when a path has a
 *     non-null value
 */
public record DataSettings(
    Optional<String> subjectParameter,
    List<String> subjectPaths,
    Map<String, List<String>> classes) {

  /** Nothing personal is expected. */
  public static final DataSettings NONE = new DataSettings(Optional.empty(), List.of(), Map.of());

  /** Whether responses need to be read at all. */
  public boolean isEmpty() {
    return subjectParameter.isEmpty() && subjectPaths.isEmpty() && classes.isEmpty();
  }
}
