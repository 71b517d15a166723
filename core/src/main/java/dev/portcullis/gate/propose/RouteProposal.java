package dev.portcullis.gate.propose;

import java.util.List;

/**
 * What a route's {@code data} might say.
 *
 * @param samples responses that were looked at
 * @param subjects paths that seem to name whom the response is about
 * @param paths paths whose values are of a kind
 */
public record RouteProposal(
    String route, long samples, List<String> subjects, List<PathProposal> paths) {

  /**
   * What one path carries.
   *
   * @param path RFC 9535
   * @param dataClass proposed for it
   * @param kind of its values, for people
   * @param matching values that were of that kind
   * @param values that were looked at
   */
  public record PathProposal(
      String path, String dataClass, String kind, long matching, long values) {}
}
