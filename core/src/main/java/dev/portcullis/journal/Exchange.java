package dev.portcullis.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One request and its response as recorded (OCSF API Activity). Holds no secret, no body, and no
 * data subject in clear.
 *
 * @param at when the request's head had been read, microseconds
 * @param duration until the response's last byte was ready, microseconds
 * @param route name of the route; empty when none matched
 * @param credential id of the credential, never the credential; empty when there was none or it was
 *     not known
 * @param account it belongs to
 * @param claimed account that a failed authentication named, if it named one
 * @param source address of the client
 * @param client what else tells it from others
 * @param method of the request, at most 32 characters
 * @param path with every parameter that names a data subject replaced by its pseudonym, without
 *     query; at most 1,024 characters
 * @param status sent to the client; 0 when the client went away before
 * @param requestBytes of the body
 * @param responseBytes of the body
 * @param outcome what became of it
 * @param findings of the inspection
 * @param response what its body carried
 * @param request what its body carried: what was written, if it went through
 */
public record Exchange(
    Instant at,
    Duration duration,
    Optional<String> route,
    Optional<String> credential,
    Optional<String> account,
    Optional<String> claimed,
    String source,
    Client client,
    String method,
    String path,
    int status,
    long requestBytes,
    long responseBytes,
    Outcome outcome,
    List<Finding> findings,
    Carried response,
    Carried request)
    implements Recording {

  @Override
  public Exchange exchange(Pseudonyms pseudonyms) {
    return this;
  }

  /** Classes of data that the response carried. */
  public Set<String> dataClasses() {
    return response.dataClasses();
  }

  /** Whose data the response carried, without repetition. */
  public List<Pseudonym> subjects() {
    return response.subjects();
  }

  /** How much of the response was read for subjects. */
  public Observation observation() {
    return response.observation();
  }

  /** Whether it may have changed something behind the gate. */
  public boolean isWrite() {
    return outcome instanceof Outcome.Forwarded
        && !method.equals("GET")
        && !method.equals("HEAD")
        && !method.equals("OPTIONS");
  }
}
