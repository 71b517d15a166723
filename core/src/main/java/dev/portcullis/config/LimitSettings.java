package dev.portcullis.config;

import java.time.Duration;
import java.util.Set;

/**
 * A token bucket of the route. YAML: {@code limit: {requests: 600, per: 1m, by: [credential]}}.
 *
 * @param requests the bucket's size, and how many come back each period
 * @param period in which they come back, greedily
 * @param by whose bucket it is; several: each has its own, all must have a token
 */
public record LimitSettings(long requests, Duration period, Set<LimitKey> by) {
  /** Whose bucket it is. */
  public enum LimitKey {
    CREDENTIAL,
    SOURCE,
    ROUTE
  }
}
