package dev.portcullis.gate.ratelimit;

import dev.portcullis.config.LimitSettings;
import dev.portcullis.config.LimitSettings.LimitKey;
import java.time.Duration;
import java.util.Locale;

/**
 * The {@code RateLimit} and {@code RateLimit-Policy} fields (draft-ietf-httpapi-ratelimit-headers):
 * structured fields (RFC 9651), a list with one named item for each bucket.
 */
final class RateLimitFields {
  static final String POLICY = "RateLimit-Policy";
  static final String LIMIT = "RateLimit";
  static final String RETRY_AFTER = "Retry-After";

  private static final long NANOS = Duration.ofSeconds(1).toNanos();

  private RateLimitFields() {}

  /** {@code "credential";q=600;w=60}: the quota, and its window where that is whole seconds. */
  static String policy(LimitKey key, LimitSettings limit) {
    String quota = "\"" + label(key) + "\";q=" + limit.requests();
    long window = limit.period().toSeconds();
    return limit.period().equals(Duration.ofSeconds(window)) ? quota + ";w=" + window : quota;
  }

  /** {@code "credential";r=599;t=1}: what is left, and seconds until the quota is whole again. */
  static String state(LimitKey key, long remaining, long nanosUntilWhole) {
    return "\"" + label(key) + "\";r=" + remaining + ";t=" + seconds(nanosUntilWhole);
  }

  static String label(LimitKey key) {
    return key.name().toLowerCase(Locale.ROOT);
  }

  /** Rounded up: who waits so long has waited long enough. */
  static long seconds(long nanos) {
    return Math.ceilDiv(nanos, NANOS);
  }
}
