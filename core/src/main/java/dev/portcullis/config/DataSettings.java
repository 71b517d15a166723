package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which personal data a route's responses and requests carry.
 *
 * @param subjectParameter the path parameter that names the data subject ({@code subject: "{id}"})
 * @param subjectPaths JSON paths to data subjects in the response, such as {@code
 *     $.items[*].patient_id}
 * @param classes data class to the JSON paths of the response that carry it; a class counts when a
 *     path has a non-null value
 * @param request the same for the request's body: what is written
 * @param operations what an OpenAPI document says besides, by method
 */
public record DataSettings(
    Optional<String> subjectParameter,
    List<String> subjectPaths,
    Map<String, List<String>> classes,
    BodyData request,
    Map<String, OperationData> operations) {

  /** Nothing personal is expected. */
  public static final DataSettings NONE = new DataSettings(Optional.empty(), List.of(), Map.of());

  /** Of responses alone. */
  public DataSettings(
      Optional<String> subjectParameter,
      List<String> subjectPaths,
      Map<String, List<String>> classes) {
    this(subjectParameter, subjectPaths, classes, BodyData.NONE, Map.of());
  }

  /** Whether nothing is to be looked for, in responses and in requests. */
  public boolean isEmpty() {
    return subjectParameter.isEmpty()
        && subjectPaths.isEmpty()
        && classes.isEmpty()
        && request.isEmpty()
        && operations.isEmpty();
  }

  /** What responses carry, whatever the method. */
  public BodyData response() {
    return new BodyData(subjectPaths, classes);
  }
}
