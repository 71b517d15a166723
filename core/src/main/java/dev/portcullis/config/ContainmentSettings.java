package dev.portcullis.config;

import java.time.Duration;

/**
 * Bounds of automatic containment (promise 7: it never becomes the outage).
 *
 * @param accountShare of the accounts seen in the last hour that automatic orders in force may hit,
 *     0 to 1 (default 0.2); at least one account may always be hit
 * @param expiry after which an automatic order ends by itself (default 7 d)
 */
public record ContainmentSettings(double accountShare, Duration expiry) {
  /** The defaults. */
  public static final ContainmentSettings DEFAULT =
      new ContainmentSettings(0.2, Duration.ofDays(7));
}
