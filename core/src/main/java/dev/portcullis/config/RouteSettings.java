package dev.portcullis.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is let through, and what is watched in it.
 *
 * @param name in orders, metrics and the journal
 * @param path template, such as {@code /v1/patients/{id}}; a last segment {@code **} matches the
 *     rest
 * @param upstream name of an upstream
 * @param methods allowed methods, each with the scopes it needs (all of them); others get 405
 * @param authentication accepted kinds; empty: anonymous ({@code authentication: none})
 * @param limit of requests, if any
 * @param bodyLimit bytes of a request body
 * @param inspection what is done about injected code
 * @param recording how the journal holds responses back
 * @param data which data subjects and classes its responses carry
 */
public record RouteSettings(
    String name,
    String path,
    String upstream,
    Map<String, Set<String>> methods,
    Set<CredentialKind> authentication,
    Optional<LimitSettings> limit,
    long bodyLimit,
    InspectionMode inspection,
    RecordingSettings recording,
    DataSettings data) {

  /** How long template segments may get at most: nothing in a path is unbounded. */
  public static final int MAX_SEGMENTS = 32;

  /** The names in the path template, in order. */
  public List<String> parameters() {
    return java.util.Arrays.stream(path.split("/"))
        .filter(segment -> segment.startsWith("{") && segment.endsWith("}"))
        .map(segment -> segment.substring(1, segment.length() - 1))
        .toList();
  }
}
